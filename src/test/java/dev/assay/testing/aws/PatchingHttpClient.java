package dev.assay.testing.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What the AWS SDK sends its requests with where PATCH is among them: {@code
 * UrlConnectionHttpClient} refuses that method ("Invalid HTTP method: PATCH").
 */
final class PatchingHttpClient implements SdkHttpClient {
  /** What Java's client sets itself and does not let others set. */
  private static final Set<String> ITS_OWN =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return send(request);
      }

      @Override
      public void abort() {
        // a test's requests are short
      }
    };
  }

  private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest wanted = request.httpRequest();
    byte[] body =
        request
            .contentStreamProvider()
            .map(
                provider -> {
                  try (InputStream stream = provider.newStream()) {
                    return stream.readAllBytes();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .orElse(new byte[0]);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(wanted.getUri())
            .method(wanted.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    wanted.forEachHeader(
        (name, values) -> {
          if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> builder.header(name, value));
          }
        });
    try {
      HttpResponse<InputStream> answer =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpResponse.builder()
                  .statusCode(answer.statusCode())
                  .headers(answer.headers().map())
                  .build())
          .responseBody(AbortableInputStream.create(answer.body()))
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    // the connections end with the test's process
  }
}

package dev.assay.testing.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between clients and a local server such as moto, records what is on the wire, and hands it
 * on unchanged.
 *
 * <p>Give {@link #endpoint()} to a client instead of the server's. The service is told by the
 * request's signature. The server's own breakdown, an HTML page with a status of 500 or more, fails
 * the test too: moto answers so to what it does not have, which would look like an outage.
 */
public final class RecordingProxy implements AutoCloseable {
  /** What the HTTP client sets itself, or what holds for one connection only. */
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "host",
          "connection",
          "content-length",
          "expect",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private final URI target;
  private final RecordedRequests requests;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RecordingProxy(URI target, RecordedRequests requests) throws IOException {
    this.target = target;
    this.requests = requests;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Starts a proxy in front of a server. */
  public static RecordingProxy start(URI target, RecordedRequests requests) throws IOException {
    RecordingProxy proxy = new RecordingProxy(target, requests);
    proxy.server.setExecutor(proxy.threads);
    proxy.server.createContext("/", proxy::handle);
    proxy.server.start();
    return proxy;
  }

  public URI endpoint() {
    return StubServer.uri(server);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      RecordedRequest request = StubServer.record(exchange);
      ModelledRequest modelled = requests.add(request);
      HttpResponse<byte[]> answer = handOn(request);
      if (answer.statusCode() >= 500
          && answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
        requests.report(
            new Violation(
                modelled.operation(),
                "",
                "the server behind the proxy broke down with status " + answer.statusCode()));
      }
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (isHandedOn(name)) {
                  exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
              });
      boolean hasBody = !request.method().equals("HEAD") && answer.body().length > 0;
      exchange.sendResponseHeaders(answer.statusCode(), hasBody ? answer.body().length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> handOn(RecordedRequest request)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(target.toString() + request.target()))
            .method(
                request.method(),
                request.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (isHandedOn(name)) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static boolean isHandedOn(String header) {
    return !NOT_HANDED_ON.contains(header.toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

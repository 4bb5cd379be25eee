package dev.assay.publishing.openlineage;

import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint that takes OpenLineage events, such as Marquez: {@code POST <url>}. Events are facts
 * about a run, and a repeated one says the same; the endpoint is what keeps them apart.
 */
public final class HttpDestination implements Destination {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int TOO_MANY = 429;
  private static final int TIMEOUT = 408;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAILURE = 500;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI url;
  private final Optional<String> key;

  /**
   * @param url whole, with its path
   * @param key what the endpoint knows us by; sent as a bearer token
   */
  public HttpDestination(URI url, Optional<String> key) {
    this.url = url;
    this.key = key;
  }

  @Override
  public String name() {
    return "openlineage";
  }

  @Override
  public boolean takes(Announcement.Kind kind) {
    return kind.lineage();
  }

  @Override
  public Outcome deliver(Announcement announcement, String body, Attempt attempt) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      return outcome(
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return new Outcome.Later(
          "%s does not answer (%s)".formatted(url.getHost(), e.getClass().getSimpleName()),
          Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Later("interrupted", Optional.empty());
    }
  }

  private Outcome outcome(int status) {
    if (status < FIRST_REFUSAL) {
      return new Outcome.Delivered("");
    }
    String said = "%s answers with status %d".formatted(url.getHost(), status);
    return status >= FIRST_FAILURE || status == TOO_MANY || status == TIMEOUT
        ? new Outcome.Later(said, Optional.empty())
        : new Outcome.Refused(said);
  }
}

package dev.assay.publishing.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assay.publishing.Destination.Attempt;
import dev.assay.publishing.Destination.Outcome;
import dev.assay.publishing.SomeRuns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint's answers mean. */
class HttpDestinationTest {
  private final List<String> got = new ArrayList<>();
  private HttpServer server;
  private int status = 201;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/lineage",
        exchange -> {
          got.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void postsTheEventWithItsKey() {
    assertThat(deliver()).isInstanceOf(Outcome.Delivered.class);
    assertThat(got).containsExactly("Bearer secret {\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 408})
  void failuresThatPassAreForLater(int answer) {
    status = answer;

    assertThat(deliver()).isInstanceOf(Outcome.Later.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void refusalsAreParked(int answer) {
    status = answer;

    assertThat(((Outcome.Refused) deliver()).why()).contains("status " + answer);
  }

  @Test
  void noAnswerIsForLater() {
    server.stop(0);

    assertThat(((Outcome.Later) deliver()).why()).contains("does not answer");
  }

  private Outcome deliver() {
    URI url =
        URI.create(
            "http://%s:%d/api/v1/lineage"
                .formatted(
                    server.getAddress().getAddress().getHostAddress(),
                    server.getAddress().getPort()));
    return new HttpDestination(url, Optional.of("secret"))
        .deliver(SomeRuns.announced(), "{\"a\":1}", new Attempt("k", false));
  }
}

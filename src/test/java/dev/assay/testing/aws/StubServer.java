package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What every stub of a service shares: a server on this machine, records, checks and faults.
 *
 * <p>For each request, in this order: it is recorded and checked against the service model; a
 * planned fault that does not act answers; a bad request is refused with a ValidationException; the
 * stub acts; its answer is checked as well; a planned fault that acts takes the place of the
 * answer. What is wrong with a stub's own answer is reported with the requests' violations.
 *
 * <p>It serves JSON protocols, any number of clients in any number of processes, each request on a
 * thread of its own. Not modelled: signatures, regions, TLS, endpoint host names.
 */
public final class StubServer implements AutoCloseable {
  static {
    // without it every answer on a connection that is kept waits for the client's delayed
    // acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String service;
  private final ServiceModel model;
  private final RecordedRequests requests;
  private final Handler handler;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Faults faults = new Faults();

  /** What a stub does for a good request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @return the body of the answer, by the output shape of the operation
     * @throws StubError to answer with an error
     */
    JsonNode handle(ModelledRequest request);
  }

  private record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer of(int status, Map<String, String> headers, String body) {
      return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private StubServer(String service, RecordedRequests requests, Handler handler)
      throws IOException {
    this.service = service;
    this.model = ServiceModel.of(service);
    this.requests = requests;
    this.handler = handler;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /**
   * Starts a server on a free port.
   *
   * @param service the name of its model
   */
  public static StubServer start(String service, RecordedRequests requests, Handler handler)
      throws IOException {
    StubServer stub = new StubServer(service, requests, handler);
    stub.server.setExecutor(stub.threads);
    stub.server.createContext("/", stub::serve);
    stub.server.start();
    return stub;
  }

  public URI endpoint() {
    return uri(server);
  }

  public Faults faults() {
    return faults;
  }

  public RecordedRequests requests() {
    return requests;
  }

  /** Reports an operation that a stub does not have, and answers that there is none such. */
  StubError unknown(ModelledRequest request) {
    requests.report(new Violation(request.operation(), "", "is not an operation of the stub"));
    return StubError.refused("UnknownOperationException", request.operation());
  }

  /** For a stub of a single operation: refuses every other. */
  void only(String operation, ModelledRequest request) {
    if (!request.operation().equals(operation)) {
      throw unknown(request);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      ModelledRequest request = requests.add(service, record(exchange));
      Optional<Fault> fault = faults.take(request.operation());
      Answer answer;
      if (fault.isPresent() && !fault.get().acts()) {
        answer = answer(fault.get());
      } else {
        answer = act(request);
        if (fault.isPresent() && !fault.get().keepsTheAnswer()) {
          answer = answer(fault.get());
        }
      }
      if (fault.isPresent()) {
        pause(fault.get().delay());
      }
      // without an answer, closing the exchange ends the connection
      if (answer.status() > 0) {
        send(exchange, answer);
      }
    }
  }

  private Answer act(ModelledRequest request) {
    if (!request.violations().isEmpty()) {
      return error(
          StubError.refused(
              "ValidationException",
              String.join("; ", request.violations().stream().map(Violation::toString).toList())));
    }
    try {
      JsonNode body = handler.handle(request);
      model.answerViolations(request.operation(), body).forEach(requests::report);
      WireAnswer wire = model.answer(request.operation(), body);
      return new Answer(model.status(request.operation()), wire.headers(), wire.body());
    } catch (StubError e) {
      return error(e);
    } catch (RuntimeException e) {
      // the client sees a failing service, so the test has to hear of it in another way
      requests.report(new Violation(request.operation(), "", "the stub itself failed: " + e));
      return error(new StubError(500, "InternalFailure", "the stub failed", Map.of()));
    }
  }

  private Answer answer(Fault fault) {
    if (fault.status() > 0 && fault.code().isEmpty()) {
      return Answer.of(
          fault.status(), Map.of("Content-Type", "text/html"), "<html><body>Oops</body></html>");
    }
    return fault.status() == 0
        ? Answer.of(0, Map.of(), "")
        : error(new StubError(fault.status(), fault.code(), "a planned fault", Map.of()));
  }

  private Answer error(StubError error) {
    ObjectNode body = RequestProtocol.JSON.valueToTree(error.members());
    body.put("message", error.getMessage());
    if (model.isRest()) {
      return Answer.of(error.status(), Map.of("x-amzn-ErrorType", error.code()), body.toString());
    }
    return Answer.of(error.status(), Map.of(), body.put("__type", error.code()).toString());
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean empty = answer.status() == 204;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Reads a request to its end. */
  static RecordedRequest record(HttpExchange exchange) throws IOException {
    return new RecordedRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        exchange.getRequestHeaders(),
        exchange.getRequestBody().readAllBytes());
  }

  static URI uri(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

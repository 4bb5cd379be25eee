package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that answers like Amazon DataZone, for the operations that a producer and a steward
 * need.
 *
 * <pre>{@code
 * DataZoneStub stub = DataZoneStub.start(requests);
 * DataZoneDomain domain = stub.domain("dzd_x");
 * String asset = domain.glueAsset(
 *     "project1", "arn:aws:glue:us-east-1:123456789012:table/silver/orders", "order_id", "total");
 * // … the code under test posts to stub.endpoint() …
 * assertThat(domain.points(asset)).hasSize(1);
 * assertThat(domain.lineageEvents()).extracting(DataZoneLineageEvent::eventType)
 *     .containsExactly("START", "COMPLETE");
 * }</pre>
 *
 * <p>It remembers, gives the same answers to the same requests, and checks every request against
 * the service model. A request for a domain that the test did not make gets {@code
 * ResourceNotFoundException}, or {@code AccessDeniedException} where the model has no such error.
 * Operations it does not have are answered with {@code UnknownOperationException} and reported, and
 * so is an error of the stub's that the model does not have for the operation.
 *
 * <p>Each part says what it models. Not modelled: who may do what, rates (see {@link #faults()}),
 * and everything about users, groups and connections. Any number of clients in any number of
 * processes share one stub; only the test that started it can set it up.
 */
public final class DataZoneStub implements AutoCloseable {
  static final String SERVICE = "datazone";

  private final Clock clock;
  private final ServiceModel model = ServiceModel.of(SERVICE);
  private final Map<String, DataZoneDomain> domains = new ConcurrentHashMap<>();
  private final StubServer server;
  private volatile Duration remembered = Duration.ofMinutes(10);

  private DataZoneStub(RecordedRequests requests, Clock clock) throws IOException {
    this.clock = clock;
    this.server = StubServer.start(SERVICE, requests, this::handle);
  }

  /** Starts a stub on a free port. */
  public static DataZoneStub start(RecordedRequests requests) throws IOException {
    return start(requests, Clock.systemUTC());
  }

  /**
   * Starts a stub on a free port.
   *
   * @param clock what its timestamps are read from, and what makes it forget tokens
   */
  public static DataZoneStub start(RecordedRequests requests, Clock clock) throws IOException {
    return new DataZoneStub(requests, clock);
  }

  /** The domain of this id, which from now on is there. */
  public DataZoneDomain domain(String id) {
    return domains.computeIfAbsent(
        id, name -> new DataZoneDomain(name, clock).forgetTokensAfter(remembered));
  }

  /**
   * How long client tokens are remembered, in every domain; with zero, every request counts. The
   * default is ten minutes; the service's own time is not published.
   */
  public DataZoneStub forgetTokensAfter(Duration time) {
    remembered = time;
    domains.values().forEach(domain -> domain.forgetTokensAfter(time));
    return this;
  }

  public URI endpoint() {
    return server.endpoint();
  }

  /** What goes wrong next, and what goes wrong by chance. */
  public Faults faults() {
    return server.faults();
  }

  public RecordedRequests requests() {
    return server.requests();
  }

  private JsonNode handle(ModelledRequest request) {
    try {
      DataZoneDomain domain = domains.get(request.text("domainIdentifier"));
      if (domain == null) {
        throw unknownDomain(request);
      }
      StubServer.Handler operation = domain.operation(request.operation());
      return operation == null ? noOperation(request) : operation.handle(request);
    } catch (StubError error) {
      if (!error.code().startsWith("UnknownOperation")
          && !model.errors(request.operation()).contains(error.code())) {
        server
            .requests()
            .report(
                new Violation(request.operation() + " answer", "", "has no error " + error.code()));
      }
      throw error;
    }
  }

  private JsonNode noOperation(ModelledRequest request) {
    throw server.unknown(request);
  }

  private StubError unknownDomain(ModelledRequest request) {
    String domain = request.text("domainIdentifier");
    return model.errors(request.operation()).contains(DataZoneErrors.NOT_FOUND)
        ? DataZoneErrors.notFound("Domain", domain)
        : DataZoneErrors.denied("User is not permitted to use domain " + domain);
  }

  @Override
  public void close() {
    server.close();
  }
}

package dev.assay.testing.aws;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The requests of a test, each checked against its service's model; as a JUnit extension it fails a
 * test that sent a bad one.
 *
 * <pre>{@code
 * @RegisterExtension final RecordedRequests requests = new RecordedRequests();
 * }</pre>
 *
 * <p>A test that sends bad requests on purpose takes the violations with {@link #takeViolations()}.
 * Safe for use by several threads.
 */
public final class RecordedRequests implements AfterEachCallback {
  /** Services by the name they are signed for, where the model has another one. */
  private static final Map<String, String> MODELS =
      Map.of("ses", "sesv2", "sms-voice", "pinpoint-sms-voice-v2", "elasticmapreduce", "emr");

  private final List<Entry> entries = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();

  /**
   * A request that was recorded.
   *
   * @param service the name of its model
   * @param modelled what the service read; empty without a model, as of S3
   */
  public record Entry(String service, RecordedRequest request, ModelledRequest modelled) {}

  /** Records a request, and checks it against the model of the service it is signed for. */
  public ModelledRequest add(RecordedRequest request) {
    return request
        .signedFor()
        .map(signed -> add(MODELS.getOrDefault(signed, signed), request))
        .orElseGet(
            () -> keep("unsigned", request, RequestProtocol.unknown("the request is not signed")));
  }

  /**
   * Records a request, and checks it against the model of a service. S3 is recorded only; a service
   * without a model that can be read is a violation.
   */
  public ModelledRequest add(String service, RecordedRequest request) {
    if (service.equals("s3")) {
      return keep(
          service,
          request,
          new ModelledRequest("", RequestProtocol.JSON.createObjectNode(), List.of()));
    }
    ServiceModel model;
    try {
      model = ServiceModel.of(service);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      return keep(service, request, RequestProtocol.unknown(e.getMessage()));
    }
    return keep(service, request, model.read(request));
  }

  /**
   * Adds something that must fail the test although no request of the code under test is to blame.
   */
  public synchronized void report(Violation violation) {
    violations.add(violation);
  }

  /** Everything recorded, in the order of arrival. */
  public synchronized List<Entry> all() {
    return List.copyOf(entries);
  }

  /** What was sent to one operation, in the order of arrival. */
  public List<ModelledRequest> of(String service, String operation) {
    return all().stream()
        .filter(entry -> entry.service().equals(service))
        .map(Entry::modelled)
        .filter(modelled -> modelled.operation().equals(operation))
        .toList();
  }

  public synchronized List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** The violations until now, which then no longer fail the test. */
  public synchronized List<Violation> takeViolations() {
    List<Violation> taken = violations();
    violations.clear();
    return taken;
  }

  /** Fails with every violation, unless there is none. */
  public void assertValid() {
    List<Violation> all = violations();
    if (!all.isEmpty()) {
      throw new AssertionError(
          "%d violations of service models:%n%s"
              .formatted(
                  all.size(),
                  String.join("\n", all.stream().map(Violation::toString).distinct().toList())));
    }
  }

  /** Fails the test if it sent a bad request, and forgets everything. */
  @Override
  public void afterEach(ExtensionContext context) {
    try {
      assertValid();
    } finally {
      synchronized (this) {
        entries.clear();
        violations.clear();
      }
    }
  }

  private synchronized ModelledRequest keep(
      String service, RecordedRequest request, ModelledRequest modelled) {
    entries.add(new Entry(service, request, modelled));
    violations.addAll(modelled.violations());
    return modelled;
  }
}

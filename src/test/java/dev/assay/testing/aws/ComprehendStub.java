package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/**
 * A server that answers like Amazon Comprehend, with a model that is a function of the test.
 *
 * <p>It remembers, gives the same answers to the same requests, and checks every request against
 * the service model. Its parts say what they model. Operations it does not have are answered with
 * {@code UnknownOperationException} and reported.
 *
 * <p>Any number of clients in any number of processes share one stub and its quota; only the test
 * that started it can set it up.
 */
public final class ComprehendStub implements AutoCloseable {
  /** A classifier that is trained from the start. */
  public static final String CLASSIFIER = ComprehendArns.of("document-classifier", "given");

  /** An endpoint of it that is in service from the start. */
  public static final String ENDPOINT = ComprehendArns.of("document-classifier-endpoint", "given");

  private final ComprehendClassifiers classifiers;
  private final ComprehendEndpoints endpoints;
  private final ComprehendJobs jobs;
  private final ComprehendRealTime realTime;
  private final Map<String, StubServer.Handler> operations;
  private final StubServer server;
  private volatile Scores scores = new Scores(text -> Map.of("OTHER", 1.0), "Labels", 1000);

  private ComprehendStub(RecordedRequests requests, Clock clock) throws IOException {
    this.classifiers = new ComprehendClassifiers(clock);
    this.endpoints = new ComprehendEndpoints(classifiers, clock);
    this.jobs = new ComprehendJobs(() -> scores, classifiers::isUsable, clock);
    this.realTime = new ComprehendRealTime(() -> scores, endpoints::isInService);
    this.operations =
        Map.ofEntries(
            Map.entry("ClassifyDocument", realTime::classify),
            Map.entry("DetectPiiEntities", realTime::detectPii),
            Map.entry("StartDocumentClassificationJob", jobs::start),
            Map.entry("DescribeDocumentClassificationJob", jobs::describe),
            Map.entry("ListDocumentClassificationJobs", jobs::list),
            Map.entry("CreateDocumentClassifier", classifiers::create),
            Map.entry("DescribeDocumentClassifier", classifiers::describe),
            Map.entry("ListDocumentClassifiers", classifiers::list),
            Map.entry("StopTrainingDocumentClassifier", classifiers::stop),
            Map.entry("ListEndpoints", endpoints::list),
            Map.entry("ListTagsForResource", endpoints::tags),
            Map.entry("CreateEndpoint", endpoints::create),
            Map.entry("UpdateEndpoint", endpoints::update),
            Map.entry("DescribeEndpoint", endpoints::describe),
            Map.entry("DeleteEndpoint", endpoints::delete));
    this.server = StubServer.start("comprehend", requests, this::handle);
  }

  /** Starts a stub on a free port. */
  public static ComprehendStub start(RecordedRequests requests) throws IOException {
    return start(requests, Clock.systemUTC());
  }

  /**
   * Starts a stub on a free port.
   *
   * @param clock what its timestamps are read from
   */
  public static ComprehendStub start(RecordedRequests requests, Clock clock) throws IOException {
    return new ComprehendStub(requests, clock);
  }

  /** The model of every classifier: the score of each class for a text, any number of them high. */
  public void classifier(Function<String, Map<String, Double>> classifier) {
    this.scores = new Scores(classifier, scores.field(), scores.top());
  }

  /** Answers only so many of the best classes, as the service does. */
  public void onlyTop(int classes) {
    this.scores = new Scores(scores.classifier(), scores.field(), classes);
  }

  /** Answers as a multi-class model does: {@code Classes} and not {@code Labels}. */
  public void multiClass() {
    this.scores = new Scores(scores.classifier(), "Classes", scores.top());
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public Faults faults() {
    return server.faults();
  }

  public RecordedRequests requests() {
    return server.requests();
  }

  public ComprehendRealTime realTime() {
    return realTime;
  }

  public ComprehendJobs jobs() {
    return jobs;
  }

  public ComprehendClassifiers classifiers() {
    return classifiers;
  }

  public ComprehendEndpoints endpoints() {
    return endpoints;
  }

  private JsonNode handle(ModelledRequest request) {
    StubServer.Handler operation = operations.get(request.operation());
    if (operation == null) {
      throw server.unknown(request);
    }
    return operation.handle(request);
  }

  @Override
  public void close() {
    server.close();
  }
}

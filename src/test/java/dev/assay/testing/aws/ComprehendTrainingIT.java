package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.DocumentClassifierProperties;
import software.amazon.awssdk.services.comprehend.model.EndpointProperties;
import software.amazon.awssdk.services.comprehend.model.EndpointStatus;
import software.amazon.awssdk.services.comprehend.model.ModelStatus;
import software.amazon.awssdk.services.comprehend.model.ResourceInUseException;
import software.amazon.awssdk.services.comprehend.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.comprehend.model.ResourceNotFoundException;
import software.amazon.awssdk.services.comprehend.model.ResourceUnavailableException;

/** The real client trains classifiers at the stub and puts them behind endpoints. */
@Tag("long")
class ComprehendTrainingIT {
  private static final String ROLE = "arn:aws:iam::123456789012:role/comprehend";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private ComprehendStub stub;
  private ComprehendClient client;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
    client = TestClients.onceAt(stub.endpoint(), ComprehendClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void trainsAndMeasures() {
    stub.classifiers().training(TrainingPlan.trained().measured(Map.of("F1Score", 0.5)));
    String arn = train("messages", "v1");

    assertThat(arn)
        .isEqualTo(
            "arn:aws:comprehend:us-east-1:123456789012:document-classifier/messages/version/v1");
    assertThat(describe(arn).status()).isEqualTo(ModelStatus.TRAINING);
    DocumentClassifierProperties trained = describe(arn);
    assertThat(trained.status()).isEqualTo(ModelStatus.TRAINED);
    assertThat(trained.versionName()).isEqualTo("v1");
    assertThat(trained.modeAsString()).isEqualTo("MULTI_LABEL");
    assertThat(trained.inputDataConfig().s3Uri()).isEqualTo("s3://bucket/training.csv");
    assertThat(trained.classifierMetadata().numberOfLabels()).isEqualTo(3);
    assertThat(trained.classifierMetadata().evaluationMetrics().f1Score()).isEqualTo(0.5);
  }

  @Test
  void endsWithAWarningOrAnErrorAsPlanned() {
    stub.classifiers().training(TrainingPlan.trainedWithWarning("few documents"));
    String warned = train("warned", "v1");
    stub.classifiers().training(TrainingPlan.inError("bad file").at(Progress.atOnce()));
    String broken = train("broken", "v1");
    describe(warned);

    assertThat(describe(warned).status()).isEqualTo(ModelStatus.TRAINED_WITH_WARNING);
    assertThat(describe(warned).message()).isEqualTo("few documents");
    assertThat(describe(broken).status()).isEqualTo(ModelStatus.IN_ERROR);
    assertThat(describe(broken).message()).isEqualTo("bad file");
    assertThat(describe(broken).classifierMetadata()).isNull();
    assertThatThrownBy(() -> serve("e1", broken))
        .isInstanceOf(ResourceUnavailableException.class)
        .hasMessageContaining("is not trained");
    assertThat(serve("e1", warned)).endsWith(":document-classifier-endpoint/e1");
  }

  @Test
  void doesNotTrainTwice() {
    train("messages", "v1");

    assertThat(train("messages", "v1")).endsWith("v1");
    assertThat(stub.classifiers().paid()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                client.createDocumentClassifier(
                    r ->
                        r.documentClassifierName("messages")
                            .versionName("v1")
                            .dataAccessRoleArn(ROLE)
                            .languageCode("en")
                            .inputDataConfig(c -> c.s3Uri("s3://bucket/other.csv"))))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("is there already");
    assertThatThrownBy(() -> describe(ComprehendStub.CLASSIFIER + "-2"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("there is no arn");
  }

  @Test
  void putsAnEndpointIntoServiceAndChangesIt() {
    String arn = serve("e1", ComprehendStub.CLASSIFIER);
    assertThatThrownBy(() -> client.classifyDocument(r -> r.endpointArn(arn).text("a")))
        .isInstanceOf(ResourceUnavailableException.class);

    assertThat(endpoint(arn).status()).isEqualTo(EndpointStatus.IN_SERVICE);
    assertThat(client.classifyDocument(r -> r.endpointArn(arn).text("a")).labels()).hasSize(1);

    stub.endpoints().progress(Progress.everyDescriptions(2));
    client.updateEndpoint(r -> r.endpointArn(arn).desiredInferenceUnits(4));
    EndpointProperties updating = endpoint(arn);
    assertThat(updating.status()).isEqualTo(EndpointStatus.UPDATING);
    assertThat(updating.currentInferenceUnits()).isEqualTo(2);
    assertThat(updating.desiredInferenceUnits()).isEqualTo(4);
    assertThatThrownBy(
            () -> client.updateEndpoint(r -> r.endpointArn(arn).desiredInferenceUnits(1)))
        .isInstanceOf(ResourceInUseException.class);
    assertThat(client.classifyDocument(r -> r.endpointArn(arn).text("a")).labels()).hasSize(1);
    assertThat(endpoint(arn).currentInferenceUnits()).isEqualTo(4);
  }

  @Test
  void deletesAnEndpoint() {
    String arn = serve("e1", ComprehendStub.CLASSIFIER);
    assertThat(stub.endpoints().paid()).containsExactly(arn);

    client.deleteEndpoint(r -> r.endpointArn(arn));

    assertThat(stub.endpoints().paid()).isEmpty();
    assertThatThrownBy(() -> endpoint(arn))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("there is no " + arn);
    assertThatThrownBy(() -> client.deleteEndpoint(r -> r.endpointArn(arn)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aDeletedEndpointMayTakeItsTime() {
    String arn = serve("e1", ComprehendStub.CLASSIFIER);
    stub.endpoints().deletion(Progress.everyDescriptions(2));

    client.deleteEndpoint(r -> r.endpointArn(arn));

    assertThat(endpoint(arn).status()).isEqualTo(EndpointStatus.DELETING);
    assertThatThrownBy(() -> client.classifyDocument(r -> r.endpointArn(arn).text("a")))
        .isInstanceOf(ResourceUnavailableException.class);
    assertThatThrownBy(() -> client.deleteEndpoint(r -> r.endpointArn(arn)))
        .isInstanceOf(ResourceInUseException.class);
    assertThatThrownBy(() -> endpoint(arn)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void listsClassifiersByNameAndEndpointsWithTheirTags() {
    train("messages", "v1");
    train("messages", "v2");
    train("other", "v1");
    String arn = serve("e1", ComprehendStub.CLASSIFIER);
    serve("e2", ComprehendStub.CLASSIFIER);

    assertThat(
            client
                .listDocumentClassifiersPaginator(
                    r -> r.maxResults(1).filter(f -> f.documentClassifierName("messages")))
                .stream()
                .flatMap(page -> page.documentClassifierPropertiesList().stream()))
        .extracting(DocumentClassifierProperties::versionName)
        .containsExactly("v1", "v2");
    assertThat(
            client.listEndpointsPaginator(r -> r.maxResults(1)).stream()
                .flatMap(page -> page.endpointPropertiesList().stream()))
        .hasSize(2);
    assertThat(client.listTagsForResource(r -> r.resourceArn(arn)).tags()).isEmpty();
  }

  @Test
  void aTrainingThatIsStoppedCannotBeUsed() {
    String arn = train("messages", "v1");
    describe(arn);

    client.stopTrainingDocumentClassifier(r -> r.documentClassifierArn(arn));

    assertThat(describe(arn).status()).isEqualTo(ModelStatus.STOPPED);
    assertThat(describe(arn).classifierMetadata()).isNull();
  }

  @Test
  void refusesEndpointsBeyondItsLimits() {
    assertThatThrownBy(
            () ->
                client.createEndpoint(
                    r ->
                        r.endpointName("e1")
                            .modelArn(ComprehendStub.CLASSIFIER)
                            .desiredInferenceUnits(11)))
        .isInstanceOf(ResourceLimitExceededException.class)
        .hasMessageContaining("at most 10 units");
    for (int i = 0; i < 10; i++) {
      serve("e" + i, ComprehendStub.CLASSIFIER);
    }
    assertThat(serve("e0", ComprehendStub.CLASSIFIER)).endsWith("e0");
    assertThatThrownBy(() -> serve("e10", ComprehendStub.CLASSIFIER))
        .isInstanceOf(ResourceLimitExceededException.class)
        .hasMessageContaining("10 endpoints are there");
  }

  private String train(String name, String version) {
    return client
        .createDocumentClassifier(
            r ->
                r.documentClassifierName(name)
                    .versionName(version)
                    .mode("MULTI_LABEL")
                    .dataAccessRoleArn(ROLE)
                    .languageCode("en")
                    .clientRequestToken(name + "-" + version)
                    .inputDataConfig(
                        c ->
                            c.dataFormat("COMPREHEND_CSV")
                                .s3Uri("s3://bucket/training.csv")
                                .labelDelimiter("|")))
        .documentClassifierArn();
  }

  private DocumentClassifierProperties describe(String arn) {
    return client
        .describeDocumentClassifier(r -> r.documentClassifierArn(arn))
        .documentClassifierProperties();
  }

  private String serve(String name, String model) {
    return client
        .createEndpoint(
            r ->
                r.endpointName(name)
                    .modelArn(model)
                    .desiredInferenceUnits(2)
                    .clientRequestToken("endpoint-" + name))
        .endpointArn();
  }

  private EndpointProperties endpoint(String arn) {
    return client.describeEndpoint(r -> r.endpointArn(arn)).endpointProperties();
  }
}

package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.assay.model.TableName;
import dev.assay.model.job.Send;
import dev.assay.model.job.SendChannel;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a send job may say; its published schema says the same. */
class SendReaderTest {
  private static final Path SCHEMA = Path.of("schemas/send.schema.json");
  private static final String LEAST =
      """
      kind: send
      name: go
      verdicts: semantic.verdicts
      messages: {table: prepared.messages, key: id, text: text, address: recipient}
      channels: {all: {files: {folder: out}}}
      """;
  private static final String EVERYTHING =
      """
      kind: send
      name: go
      description: Everything.
      verdicts: semantic.verdicts
      messages:
        table: prepared.messages
        key: [id, part]
        text: text
        address: recipient
        channel: channel
        campaign: campaign
      model: compliance@7
      channels:
        file: {files: {folder: "${home}/out"}}
        topic: {sns: {topic-arn: "arn:aws:sns:eu-central-1:123456789012:messages", region: eu-central-1}}
        snstext: {sns: {sms: true, sender-id: Assay, endpoint: "http://localhost:1"}}
        mail: {ses: {from: a@example.com, subject: Hello, configuration-set: set, contact-list: list, topic: news}}
        text: {sms: {origination-identity: pool-1, message-type: transactional, configuration-set: set}}
        push: none
      gate: {maximum-restricted: 2.5, maximum-review: "10"}
      chunk: 50
      """;

  @TempDir Path project;
  private Path file = Path.of("");

  @BeforeEach
  void makesAPipeline() throws IOException {
    Path folder = Files.createDirectories(project.resolve("jobs/p"));
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        "name: p\nowner: me@example.com\nvariables: {out: elsewhere}\n");
    file = folder.resolve("go.yaml");
  }

  @Test
  void readsEveryKey() throws IOException {
    Send job = load(EVERYTHING);

    SendChannel.Where usual = SendChannel.Where.USUAL;
    assertThat(job)
        .isEqualTo(
            new Send(
                "p",
                "go",
                "Everything.",
                file,
                new TableName("semantic", "verdicts"),
                new Send.Messages(
                    new TableName("prepared", "messages"),
                    List.of("id", "part"),
                    "text",
                    "recipient",
                    Optional.of("channel"),
                    Optional.of("campaign")),
                Optional.of(new Send.Model("compliance", Optional.of("7"))),
                Map.of(
                    "file", new SendChannel.Files(Path.of("/home/out")),
                    "topic",
                        new SendChannel.Topic(
                            "arn:aws:sns:eu-central-1:123456789012:messages",
                            new SendChannel.Where(Optional.of("eu-central-1"), Optional.empty())),
                    "snstext",
                        new SendChannel.SnsText(
                            Optional.of("Assay"),
                            new SendChannel.Where(
                                Optional.empty(), Optional.of(URI.create("http://localhost:1")))),
                    "mail",
                        new SendChannel.Mail(
                            "a@example.com",
                            "Hello",
                            Optional.of("set"),
                            Optional.of("list"),
                            Optional.of("news"),
                            usual),
                    "text",
                        new SendChannel.Text(
                            Optional.of("pool-1"),
                            SendChannel.MessageType.TRANSACTIONAL,
                            Optional.of("set"),
                            usual),
                    "push", new SendChannel.None()),
                new Send.Limits(
                    Optional.of(new BigDecimal("2.5")), Optional.of(new BigDecimal("10"))),
                50));
    assertThat(complaints(EVERYTHING)).isEmpty();
    assertThat(job.ledgerName()).isEqualTo("p/go");
  }

  @Test
  void readsTheLeastAndTheVariablesOfThePipeline() throws IOException {
    Send job = load(LEAST.replace("folder: out", "folder: \"${out}/${date}\""));

    assertThat(job.channels())
        .isEqualTo(Map.of("all", new SendChannel.Files(Path.of("elsewhere/2026-11-18"))));
    assertThat(job.gate()).isEqualTo(Send.Limits.NONE);
    assertThat(job.chunk()).isEqualTo(10_000);
    assertThat(load(LEAST.replace("files: {folder: out}", "sms: {}")).chunk()).isEqualTo(100);
    assertThat(complaints(LEAST)).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void whatIsWrongIsRefusedByReaderAndSchema(String yaml, String complaint) throws IOException {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(file + complaint);
    assertThat(complaints(yaml)).isNotEmpty();
  }

  static Stream<Arguments> whatIsWrongIsRefusedByReaderAndSchema() {
    return Stream.of(
        wrong("kind: send", "kind: sent", ":1:7: 'kind' is 'sent'. Expected send."),
        wrong("name: go\n", "", ":1:1: key 'name' is missing. Add it."),
        wrong(
            "name: go",
            "name: Go",
            ":2:7: 'name': 'Go' is not a name: expected lower-case letters, digits and underscores."),
        wrong("verdicts:", "verdict:", ":3:1: unknown key 'verdict'. Did you mean 'verdicts'?"),
        wrong("text: text, ", "", ":4:11: key 'text' is missing in 'messages'. Add it."),
        wrong(
            "key: id",
            "key: []",
            ":4:43: the messages have no key. Name the columns that tell them apart."),
        wrong(
            "\\{files: .*\\}\\}",
            "{}}",
            ":5:17: this names 0 channels. Expected one of: files, sns, ses, sms."),
        wrong(
            "channels: .*",
            "channels: {}",
            ":5:11: there is no channel. Add one, for example sms: {files: {folder: PATH}}."),
        wrong(
            "\\{files: .*\\}\\}",
            "nothing}",
            ":5:17: this is no channel. Expected one of files, sns, ses, sms with its settings, or none for messages that stay."),
        wrong(
            "files: .*\\}\\}",
            "fils: {folder: a}}}",
            ":5:18: unknown key 'fils' in 'channels.all'. Did you mean 'files'?"),
        channel(
            "sns: {}",
            ":5:23: sns has no topic and not sms: true. Expected either topic-arn: ARN or sms: true."),
        channel(
            "sns: {sms: true, topic-arn: 'arn:aws:sns:eu-central-1:123456789012:m'}",
            ":5:23: sns has a topic and sms: true. Expected either topic-arn: ARN or sms: true."),
        channel(
            "sns: {topic-arn: messages}",
            ":5:35: 'channels.all.sns.topic-arn': 'messages' is no topic: expected arn:aws:sns:REGION:ACCOUNT:NAME."),
        channel(
            "ses: {from: a@example.com}",
            ":5:23: key 'subject' is missing in 'channels.all.ses'. Add it."),
        channel(
            "ses: {from: a@example.com, subject: Hi, topic: news}",
            ":5:65: a topic without a contact-list. Name the list that it is a topic of."),
        channel(
            "sms: {message-type: loud}",
            ":5:38: 'channels.all.sms.message-type' is 'loud'. Expected one of: transactional, promotional."),
        channel(
            "sms: {endpoint: here}",
            ":5:34: 'channels.all.sms.endpoint': 'here' is no endpoint: expected https://HOST."),
        more("gate: {maximum-review: 101}", ":6:24: 101 is not a percentage. Expected 0 to 100."),
        more(
            "chunk: 0", ":6:8: 0 is no size of a chunk. Expected a whole number from 1 to 100000."),
        more(
            "chunk: 1.5",
            ":6:8: 1.5 is no size of a chunk. Expected a whole number from 1 to 100000."),
        more("model: '@1'", ":6:8: 'model': '@1' is no model: expected name or name@version."));
  }

  @Test
  void refusesWhatNoSchemaCanTell() {
    assertThatThrownBy(() -> load(LEAST.replace("key: id", "key: [id, recipient]")))
        .hasMessageEndingWith(
            "'recipient' is part of the key. The ledger keeps keys in the clear: use columns that hold neither text nor address.");
    assertThatThrownBy(
            () -> load(LEAST.replace("channels: {", "channels: {b: {files: {folder: b}}, ")))
        .hasMessageEndingWith(
            "there are 2 channels, and nothing chooses one. Name the column with their names as messages.channel, or keep one channel.");
    assertThatThrownBy(() -> SendReader.load(project.resolve("no.yaml"), Map.of(), LocalDate.EPOCH))
        .hasMessageEndingWith(
            "no.yaml: there is no such file. Expected a job file with kind: send.");
  }

  @Test
  void aRunOfThePipelinePassesItOver() throws IOException {
    Files.writeString(file, LEAST);

    assertThat(OtherKinds.sends(file)).isTrue();
    assertThat(OtherKinds.in(file.getParent())).containsExactly(file);
    assertThat(
            new JobFiles(Clock.systemUTC(), Map.of(), Optional.empty())
                .load(file.getParent())
                .chosen())
        .isEmpty();
    assertThatThrownBy(() -> new JobFiles(Clock.systemUTC(), Map.of(), Optional.empty()).load(file))
        .hasMessage(
            "%s: a file of kind send is not part of a run. Use 'assay send %s'."
                .formatted(file, file));
  }

  @Test
  void theSendJobsOfThisProjectAreReadAndMeetTheSchema() throws IOException {
    List<Path> jobs =
        OtherKinds.in(Path.of("jobs/demo")).stream().filter(OtherKinds::sends).toList();

    assertThat(jobs).isNotEmpty();
    for (Path job : jobs) {
      SendReader.load(job, Map.of("home", "/home"), LocalDate.EPOCH);
      assertThat(complaints(Files.readString(job))).isEmpty();
    }
  }

  @Test
  void theSchemaDescribesEveryKeyAndTakesNoOther() throws IOException {
    List<String> undescribed = new ArrayList<>();
    describe(new ObjectMapper().readTree(SCHEMA.toFile()), "", undescribed);

    assertThat(undescribed).isEmpty();
    TreeSet<String> keys = new TreeSet<>();
    new ObjectMapper()
        .readTree(SCHEMA.toFile())
        .path("properties")
        .fieldNames()
        .forEachRemaining(keys::add);
    assertThatThrownBy(() -> load(LEAST + "zzzzzz: 1\n"))
        .satisfies(
            refusal ->
                assertThat(
                        new TreeSet<>(
                            List.of(
                                refusal
                                    .getMessage()
                                    .replaceAll("(?s).*Expected one of: (.*)\\.", "$1")
                                    .split(", "))))
                    .isEqualTo(keys));
  }

  private static void describe(JsonNode node, String path, List<String> undescribed) {
    if (node.path("additionalProperties").isBoolean()) {
      node.path("properties")
          .fields()
          .forEachRemaining(
              key -> {
                if (key.getValue().path("description").asText().isEmpty()) {
                  undescribed.add(path + "/" + key.getKey());
                }
              });
    }
    node.fields()
        .forEachRemaining(
            child -> describe(child.getValue(), path + "/" + child.getKey(), undescribed));
  }

  private static Arguments wrong(String what, String by, String complaint) {
    return arguments(LEAST.replaceFirst(what, by), complaint);
  }

  private static Arguments channel(String channel, String complaint) {
    return arguments(LEAST.replace("files: {folder: out}", channel), complaint);
  }

  private static Arguments more(String line, String complaint) {
    return arguments(LEAST + line + "\n", complaint);
  }

  private Send load(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return SendReader.load(file, Map.of("home", "/home"), LocalDate.of(2026, 11, 18));
  }

  private static List<String> complaints(String yaml) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(new ObjectMapper().readTree(SCHEMA.toFile()))
        .validate(new YAMLMapper().readTree(yaml))
        .stream()
        .map(message -> message.getMessage())
        .toList();
  }
}

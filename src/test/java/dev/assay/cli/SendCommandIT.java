package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.keys.KeyRing;
import dev.assay.sending.SendProject;
import dev.assay.sending.SendProject.Message;
import dev.assay.sending.SendProject.Said;
import dev.assay.testing.aws.EndUserMessagingStub;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.SentText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with the files channel. */
class SendCommandIT {
  @TempDir Path folder;

  @Test
  void sendsWhatIsCompliantOnceAndSaysWhatBecameOfTheRest() throws IOException {
    SendProject project =
        files("")
            .messages(
                List.of(
                    new Message("a", "sms", "tok1_x", "Service is due", "compliant"),
                    new Message("b", "sms", "tok1_y", "Win big at the casino", "restricted"),
                    new Message("c", "sms", "tok1_z", "Hm", "review"),
                    new Message("d", "sms", "tok1_d", "Recall of brakes", "compliant"),
                    new Message("e", "sms", "", "Nobody to read this", "compliant"),
                    new Message("f", "sms", "tok1_f", "Never judged", "")));
    project.changeText("d", "Something else by now");

    Said dry = project.sendCommand("--dry-run");
    assertThat(dry.code()).as(dry.text()).isZero();
    assertThat(project.sentFiles()).isEmpty();
    assertThat(result().path("to_send").asLong()).isEqualTo(1);

    Said said = project.sendCommand();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
        .contains(
            "messages|6",
            "to send|1",
            "sent|1",
            "restricted|1",
            "review|1",
            "stale: text changed since its verdict|1",
            "without verdict|1",
            "without address|1",
            "unknown|0",
            "waiting|0");
    assertThat(project.sentFiles()).hasSize(1);
    JsonNode sent = new ObjectMapper().readTree(project.sentFiles().get(0).toFile());
    assertThat(sent.path("address").asText()).isEqualTo("tok1_x");
    assertThat(sent.path("text").asText()).isEqualTo("Service is due");
    assertThat(sent.path("campaign").asText()).isEqualTo("winter");
    assertThat(project.states()).isEqualTo(java.util.Map.of("a#1", "sent"));
    assertThat(project.lines().toString()).doesNotContain("tok1_", "Service");

    Said again = project.sendCommand();
    assertThat(again.code()).isZero();
    assertThat(result().path("sent").asLong()).isZero();
    assertThat(result().path("already_sent").asLong()).isEqualTo(1);
  }

  @Test
  void sendsATextThatWasJudgedAgain() throws IOException {
    SendProject project = files("").compliant(1, "sms", number -> "tok1_x");
    project.sendCommand();
    project.changeText("m0", "another text");
    project.sendCommand();
    assertThat(result().path("stale").asLong()).isEqualTo(1);

    project.verdict("m0", "another text", "compliant", "m", "1");
    project.sendCommand();

    assertThat(result().path("sent").asLong()).isEqualTo(1);
    assertThat(project.sentFiles()).hasSize(2);
  }

  @Test
  void holdsACampaignWithTooMuchThatIsRestricted() throws IOException {
    SendProject project =
        files("gate: {maximum-restricted: 40}\n")
            .messages(
                List.of(
                    new Message("a", "sms", "1", "one", "compliant"),
                    new Message("b", "sms", "2", "two", "restricted")));

    Said said = project.sendCommand();

    assertThat(said.code()).isEqualTo(3);
    assertThat(said.text())
        .contains(
            "✗ held: campaign 'winter': 1 of 2 messages (50.00 %) are restricted; at most 40 % may be");
    assertThat(project.sentFiles()).isEmpty();
    assertThat(result().path("held").asLong()).isEqualTo(1);
  }

  @Test
  void stopsAtALimitAndGoesOnTheNextTime() throws IOException {
    SendProject project = files("chunk: 2\n").compliant(5, "sms", number -> "n" + number);

    assertThat(project.sendCommand("--limit", "3").code()).isZero();
    assertThat(result().path("sent").asLong()).isEqualTo(3);
    assertThat(result().path("waiting").asLong()).isEqualTo(2);
    assertThat(project.sendCommand().code()).isZero();

    assertThat(result().path("sent").asLong()).isEqualTo(2);
    assertThat(project.sentFiles()).hasSize(5);
    assertThat(project.sendCommand("--limit", "0").code()).isEqualTo(2);
  }

  @Test
  void wantsOneVersionOfOneModel() {
    SendProject project = files("").compliant(1, "sms", number -> "n");
    project.verdict("m0", "text 0", "restricted", "m", "2");

    Said both = project.sendCommand();
    assertThat(both.code()).isEqualTo(4);
    assertThat(both.text())
        .contains("holds verdicts of m@1, m@2", "Name one as 'model: NAME@VERSION'");
    project.job(
        "{sms: {files: {folder: \"%s\"}}}".formatted(folder.resolve("out")), "model: m@1\n");
    assertThat(project.sendCommand().code()).isZero();
    assertThat(project.sentFiles()).hasSize(1);
    project.job("{sms: {files: {folder: out}}}", "model: other\n");
    assertThat(project.sendCommand().text()).contains("exactly one version of model other");
  }

  @Test
  void saysWhatIsWrongBeforeAnythingIsSent() {
    SendProject project =
        files("")
            .messages(
                List.of(
                    new Message("a", "sms", "1", "one", "compliant"),
                    new Message("b", "email", "2", "two", "compliant")));

    Said channel = project.sendCommand();
    assertThat(channel.code()).isEqualTo(4);
    assertThat(channel.text())
        .contains(
            "message b of prepared.messages has channel 'email', which 'channels' does not describe",
            "Nothing was sent.");
    assertThat(project.sentFiles()).isEmpty();
    assertThat(project.command("send", "nowhere.yaml").code()).isEqualTo(4);
  }

  @Test
  void opensEncryptedAddressesInMemoryAndNotTokens() throws IOException {
    RecordedRequests requests = new RecordedRequests();
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      SendProject project =
          new SendProject(folder)
              .job(
                  "{sms: {sms: {region: us-east-1, endpoint: \"%s\"}}, email: none}"
                      .formatted(texts.endpoint()),
                  "");
      assertThat(project.command("keys", "create").code()).isZero();
      KeyRing ring =
          Wiring.keys(dev.assay.jobs.ProfileReader.load("local", folder.resolve("home"))).load();
      project.messages(
          List.of(new Message("a", "sms", ring.encrypt("+4915112345678"), "one", "compliant")));

      Said said = project.sendCommand();

      assertThat(said.code()).as(said.text()).isZero();
      assertThat(texts.sent()).extracting(SentText::destination).containsExactly("+4915112345678");
      assertThat(project.lines().toString()).doesNotContain("4915112345678", "enc1_");

      project.messages(
          List.of(
              new Message("b", "sms", "+4915112345679", "two", "compliant"),
              new Message("t", "sms", "tok1_secret", "three", "compliant")));
      Said token = project.sendCommand();
      assertThat(token.code()).isEqualTo(4);
      assertThat(token.text())
          .contains("recipient of message t is a token, and nothing opens a token", "files channel")
          .doesNotContain("tok1_secret");
      assertThat(texts.sent()).hasSize(1);
      requests.assertValid();
    }
  }

  @Test
  void validateReadsSendJobsAndARunPassesThemOver() {
    SendProject project = files("");

    assertThat(project.command("validate", folder.resolve("jobs/p").toString()).code()).isZero();
    project.job("{sms: {files: {}}}", "");
    for (String path : List.of("jobs/p", "jobs/p/go.yaml")) {
      Said said = project.command("validate", folder.resolve(path).toString());
      assertThat(said.code()).isEqualTo(4);
      assertThat(said.text()).contains("go.yaml:5:25: key 'folder' is missing");
    }
  }

  @Test
  void saysWhenThereIsNoTable() {
    Said said = files("").sendCommand();

    assertThat(said.code()).isEqualTo(7);
    assertThat(said.text()).contains("there is no table semantic.verdicts in profile local");
  }

  @Test
  void leavesChannelsThatAreNoneAlone() throws IOException {
    SendProject project =
        files("")
            .job(
                "{sms: {files: {folder: \"%s\"}}, email: none}".formatted(folder.resolve("out")),
                "")
            .messages(
                List.of(
                    new Message("a", "sms", KeyRing.create().encrypt("1"), "one", "compliant"),
                    new Message("b", "email", "2", "two", "compliant")));

    assertThat(project.sendCommand().code()).isZero();

    assertThat(project.sentFiles()).hasSize(1);
    assertThat(result().path("left").asLong()).isEqualTo(1);
  }

  private SendProject files(String more) {
    return new SendProject(folder)
        .job("{sms: {files: {folder: \"%s\"}}}".formatted(folder.resolve("out")), more);
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("home/result.json")));
  }
}

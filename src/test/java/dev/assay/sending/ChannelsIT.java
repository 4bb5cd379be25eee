package dev.assay.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Moto;
import dev.assay.model.ExitKind;
import dev.assay.model.job.SendChannel;
import dev.assay.sending.ses.MailChannel;
import dev.assay.sending.sms.TextChannel;
import dev.assay.sending.sns.SnsTextChannel;
import dev.assay.sending.sns.TopicChannel;
import dev.assay.testing.aws.EndUserMessagingStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.ModelledRequest;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.RecordingProxy;
import dev.assay.testing.aws.SentMail;
import dev.assay.testing.aws.SentText;
import dev.assay.testing.aws.SesStub;
import dev.assay.testing.aws.TestClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.SnsClient;

/** The channels over AWS, from the ledger to the wire; every request meets its service's model. */
class ChannelsIT {
  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  @TempDir Path folder;

  @Test
  void textsGoOnceAndNotToThoseWhoOptedOut() throws IOException {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      texts.optOut("+4915100000001");
      SendProject project =
          project()
              .compliant(4, "sms", number -> number == 3 ? "0151 7" : "+49 151 0000000" + number);

      SendSummary first = project.send(texts(texts));

      assertThat(first.sent()).isEqualTo(2);
      assertThat(first.refused()).isEqualTo(Map.of("opted out", 1L, "invalid address", 1L));
      assertThat(first.exit()).isEqualTo(ExitKind.OK);
      assertThat(texts.sent())
          .extracting(SentText::destination, SentText::body)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("+4915100000000", "text 0"),
              org.assertj.core.groups.Tuple.tuple("+4915100000002", "text 2"));
      assertThat(texts.sent())
          .allSatisfy(sent -> assertThat(sent.context().get("delivery-key")).hasSize(64));
      ModelledRequest request = requests.of("pinpoint-sms-voice-v2", "SendTextMessage").get(0);
      assertThat(request.text("OriginationIdentity")).isEqualTo("pool-1");
      assertThat(request.text("MessageType")).isEqualTo("PROMOTIONAL");
      assertThat(project.lines().toString()).doesNotContain("151", "text 0");

      SendSummary again = project.send(texts(texts));
      assertThat(again.sent()).isZero();
      assertThat(again.refused()).isEqualTo(first.refused());
      // neither sent nor asked a second time
      assertThat(requests.all()).hasSize(3);
    }
  }

  @Test
  void aThrottledTextIsSentAfterAWhile() throws IOException {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      texts.faults().next(2, Fault.error(400, "ThrottlingException"));

      SendSummary summary = numbers(3).send(texts(texts));

      assertThat(summary.sent()).isEqualTo(3);
      assertThat(texts.sent()).hasSize(3);
    }
  }

  @Test
  void aChannelThatKeepsThrottlingEndsTheCallAndNothingIsLost() throws IOException {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      SendProject project = numbers(3);
      texts.faults().next(3, Fault.error(400, "ThrottlingException"));

      SendSummary summary = project.send(texts(texts));

      assertThat(summary.exit()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
      assertThat(summary.waiting()).isEqualTo(3);
      assertThat(summary.unknown()).isEmpty();
      assertThat(summary.stopped().orElseThrow())
          .hasMessageContaining("does not take messages: AWS End User Messaging is throttling");
      assertThat(project.send(texts(texts)).sent()).isEqualTo(3);
      assertThat(texts.sent()).hasSize(3);
    }
  }

  /** On a connection that is new, and on one that was used: Java repeats requests on the latter. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aTextWhoseAnswerIsLostIsUnknownAndNotSentAgain(int before) throws IOException {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      SendProject project = numbers(before + 2);
      Map<String, Channel> channels = texts(texts);
      SendSummary first =
          project.send(
              channels,
              SendOptions.USUAL,
              Clock.systemUTC(),
              (point, done, due) -> {
                boolean next =
                    before == 0
                        ? point == SendListener.Point.AFTER_INTENT
                        : point == SendListener.Point.MESSAGE_DONE && done == before;
                if (next) {
                  texts.faults().next(1, Fault.dropAfterActing());
                }
              });

      assertThat(first.unknown()).hasSize(1);
      assertThat(first.sent()).isEqualTo(before + 1);
      assertThat(first.exit()).isEqualTo(ExitKind.HELD);
      assertThat(texts.sent()).hasSize(before + 2);

      assertThat(project.send(channels).unknown()).isEqualTo(first.unknown());
      assertThat(texts.sent()).hasSize(before + 2);

      SendSummary resent =
          project.send(
              channels,
              new SendOptions(false, true, Long.MAX_VALUE, SendOptions.USUAL.lease()),
              Clock.systemUTC(),
              (point, done, due) -> {});
      assertThat(resent.sent()).isEqualTo(1);
      assertThat(resent.unknown()).isEmpty();
      assertThat(texts.sent()).hasSize(before + 3);
    }
  }

  @Test
  void aServiceThatKeepsLosingAnswersIsLeftAlone() throws IOException {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      texts.faults().next(10, Fault.internalError());

      SendSummary summary = numbers(6).send(texts(texts));

      assertThat(summary.exit()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
      assertThat(summary.unknown()).hasSize(3);
      assertThat(summary.waiting()).isEqualTo(3);
      assertThat(texts.faults().waiting()).isEqualTo(7);
    }
  }

  @Test
  void aServiceThatIsNotThereHasSentNothing() throws IOException {
    EndUserMessagingStub texts = EndUserMessagingStub.start(requests);
    Map<String, Channel> channels = texts(texts);
    texts.close();

    SendSummary summary = numbers(2).send(channels);

    assertThat(summary.exit()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
    assertThat(summary.waiting()).isEqualTo(2);
    assertThat(summary.unknown()).isEmpty();
  }

  @Test
  void whatIsWrongWithTheSettingsIsNotHeldAgainstTheMessages() throws IOException {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      SendProject project = numbers(2);
      texts.faults().next(1, Fault.error(400, "AccessDeniedException"));

      SendSummary summary = project.send(texts(texts));

      assertThat(summary.exit()).isEqualTo(ExitKind.WRONG_FILES);
      assertThat(summary.stopped().orElseThrow())
          .hasMessageStartingWith(
              "AWS End User Messaging refuses to send (AccessDeniedException, status 400).");
      assertThat(summary.waiting()).isEqualTo(2);
      assertThat(project.send(texts(texts)).sent()).isEqualTo(2);
    }
  }

  @Test
  void mailsGoOnceAndNotToSuppressedAddresses() throws IOException {
    try (SesStub mails = SesStub.start(requests)) {
      mails.suppress("m1@example.com");
      mails.suppress("x1@example.com");
      mails.suppress("x2@example.com");
      mails.optOut("M3@example.com", "news");
      mails.optOut("m4@example.com", "");
      mails.optOut("m5@example.com", "recalls");
      mails.optIn("m6@example.com", "news");
      mails.faults().next("SendEmail", 1, Fault.error(429, "TooManyRequestsException"));
      mails.faults().next("ListContacts", 1, Fault.error(429, "TooManyRequestsException"));
      SendProject project =
          project()
              .compliant(
                  7, "sms", number -> number == 2 ? "nobody" : "m" + number + "@example.com");

      SendSummary summary = project.send(Map.of("sms", mails(mails)));

      assertThat(summary.sent()).isEqualTo(3);
      assertThat(summary.refused())
          .isEqualTo(Map.of("suppressed", 1L, "opted out", 2L, "invalid address", 1L));
      // two pages of suppressed addresses, two of contacts and one that was throttled
      assertThat(requests.of("sesv2", "ListSuppressedDestinations")).hasSize(2);
      assertThat(requests.of("sesv2", "ListContacts")).hasSize(3);
      assertThat(requests.of("sesv2", "SendEmail")).hasSize(4);
      SentMail sent = mails.sent().get(0);
      assertThat(sent.to()).containsExactly("m0@example.com");
      assertThat(sent.content().at("/Simple/Body/Text/Data").asText()).isEqualTo("text 0");
      assertThat(sent.content().at("/Simple/Subject/Data").asText()).isEqualTo("News");
      assertThat(sent.tags().get("delivery-key")).hasSize(64);
      assertThat(
              requests
                  .of("sesv2", "SendEmail")
                  .get(0)
                  .input()
                  .at("/ListManagementOptions/TopicName")
                  .asText())
          .isEqualTo("news");
      assertThat(mails.sent())
          .extracting(mail -> mail.to().get(0))
          .containsExactlyInAnyOrder("m0@example.com", "m5@example.com", "m6@example.com");
      assertThat(project.send(Map.of("sms", mails(mails))).sent()).isZero();
      assertThat(mails.sent()).hasSize(3);
    }
  }

  @Test
  void aMailWhoseAnswerIsLostIsUnknown() throws IOException {
    try (SesStub mails = SesStub.start(requests)) {
      mails.faults().next("SendEmail", 1, Fault.dropAfterActing());
      SendProject project = project().compliant(2, "sms", number -> "m" + number + "@example.com");

      assertThat(project.send(Map.of("sms", mails(mails))).unknown()).hasSize(1);
      assertThat(project.send(Map.of("sms", mails(mails))).unknown()).hasSize(1);
      assertThat(mails.sent()).hasSize(2);
    }
  }

  @Test
  void topicsAndTextsBySnsTakeEachMessageOnce() throws Exception {
    try (Moto moto = Moto.start(folder.resolve("moto.log"));
        RecordingProxy proxy = RecordingProxy.start(URI.create(moto.endpoint()), requests);
        SnsClient sns = TestClients.at(URI.create(moto.endpoint()), SnsClient.builder())) {
      String fifo =
          sns.createTopic(r -> r.name("messages.fifo").attributes(Map.of("FifoTopic", "true")))
              .topicArn();
      String plain = sns.createTopic(r -> r.name("messages")).topicArn();
      SendChannel.Where where =
          new SendChannel.Where(Optional.of("us-east-1"), Optional.of(proxy.endpoint()));
      Map<String, Channel> channels =
          Map.of(
              "fifo", TopicChannel.open(new SendChannel.Topic(fifo, where), Optional.empty()),
              "plain", TopicChannel.open(new SendChannel.Topic(plain, where), Optional.empty()),
              "sms",
                  SnsTextChannel.open(
                      new SendChannel.SnsText(Optional.of("Assay"), where), Optional.empty()));
      SendProject project =
          new SendProject(folder)
              .job(
                  "{fifo: {files: {folder: out}}, plain: {files: {folder: out}}, sms: {files: {folder: out}}}",
                  "")
              .messages(
                  List.of(
                      new SendProject.Message("a", "fifo", "jo", "one", "compliant"),
                      new SendProject.Message("b", "plain", "jo", "two", "compliant"),
                      new SendProject.Message("c", "sms", "+4915112345678", "three", "compliant"),
                      // moto takes numbers that end like this for opted out
                      new SendProject.Message("d", "sms", "+4915112345699", "four", "compliant")));

      SendSummary summary = project.send(channels);

      assertThat(summary.sent()).isEqualTo(3);
      assertThat(summary.refused()).isEqualTo(Map.of("opted out", 1L));
      assertThat(requests.of("sns", "Publish")).hasSize(3);
      ModelledRequest first =
          requests.of("sns", "Publish").stream()
              .filter(request -> request.text("Message").equals("one"))
              .findFirst()
              .orElseThrow();
      assertThat(first.text("MessageDeduplicationId")).hasSize(64);
      assertThat(project.send(channels).sent()).isZero();
      assertThat(requests.of("sns", "Publish")).hasSize(3);
    }
  }

  private SendProject project() {
    return new SendProject(folder).job("{sms: {files: {folder: out}}}", "chunk: 2\n");
  }

  private SendProject numbers(int count) {
    return project().compliant(count, "sms", number -> "+4915100000" + (100 + number));
  }

  private static Map<String, Channel> texts(EndUserMessagingStub stub) {
    return Map.of(
        "sms",
        TextChannel.open(
            new SendChannel.Text(
                Optional.of("pool-1"),
                SendChannel.MessageType.PROMOTIONAL,
                Optional.empty(),
                new SendChannel.Where(Optional.of("us-east-1"), Optional.of(stub.endpoint()))),
            Optional.empty()));
  }

  private static Channel mails(SesStub stub) {
    return MailChannel.open(
        new SendChannel.Mail(
            "news@example.com",
            "News",
            Optional.empty(),
            Optional.of("owners"),
            Optional.of("news"),
            new SendChannel.Where(Optional.of("us-east-1"), Optional.of(stub.endpoint()))),
        Optional.empty());
  }
}

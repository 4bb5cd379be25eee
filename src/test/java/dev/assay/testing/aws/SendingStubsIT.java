package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.pinpointsmsvoicev2.PinpointSmsVoiceV2Client;
import software.amazon.awssdk.services.pinpointsmsvoicev2.model.ConflictException;
import software.amazon.awssdk.services.pinpointsmsvoicev2.model.PinpointSmsVoiceV2Exception;
import software.amazon.awssdk.services.pinpointsmsvoicev2.model.SendTextMessageRequest;
import software.amazon.awssdk.services.pinpointsmsvoicev2.model.ThrottlingException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/** The real clients send text messages and mails to the stubs. */
@Tag("long")
class SendingStubsIT {
  private static final String NUMBER = "+4915112345678";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final AtomicLong nanos = new AtomicLong();
  private EndUserMessagingStub texts;
  private SesStub mails;
  private PinpointSmsVoiceV2Client sms;
  private SesV2Client ses;

  @BeforeEach
  void start() throws IOException {
    texts = EndUserMessagingStub.start(requests);
    mails = SesStub.start(requests);
    sms = TestClients.onceAt(texts.endpoint(), PinpointSmsVoiceV2Client.builder());
    ses = TestClients.onceAt(mails.endpoint(), SesV2Client.builder());
  }

  @AfterEach
  void stop() {
    sms.close();
    ses.close();
    texts.close();
    mails.close();
  }

  @Test
  void sendsTextsAndRemembersThem() {
    String id = text(r -> r.context(Map.of("campaign", "winter")));
    text(r -> r.dryRun(true));

    assertThat(texts.sent())
        .containsExactly(new SentText(id, NUMBER, "hello", Map.of("campaign", "winter")));
  }

  @Test
  void doesNotSendTextsToThoseWhoOptedOut() {
    texts.optOut("4915112345678");

    assertThatThrownBy(() -> text(r -> {}))
        .isInstanceOfSatisfying(
            ConflictException.class,
            e -> assertThat(e.reasonAsString()).isEqualTo("DESTINATION_PHONE_NUMBER_OPTED_OUT"))
        .hasMessageContaining("opted out");
    assertThat(texts.sent()).isEmpty();
  }

  @Test
  void throttlesTexts() {
    texts.quota(new Quota(1, 1, nanos::get));
    text(r -> {});

    assertThatThrownBy(() -> text(r -> {})).isInstanceOf(ThrottlingException.class);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    text(r -> {});
    assertThat(texts.sent()).hasSize(2);
  }

  @Test
  void sendsATextTwiceWhenItsAnswerIsLost() {
    texts.faults().next(1, Fault.dropAfterActing());

    assertThatThrownBy(() -> text(r -> {})).isInstanceOf(SdkClientException.class);
    text(r -> {});

    assertThat(texts.sent()).extracting(SentText::messageId).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void refusesATextThatTheModelForbids() {
    assertThatThrownBy(() -> text(r -> r.messageBody(" ").timeToLive(1)))
        .isInstanceOf(PinpointSmsVoiceV2Exception.class);
    assertThat(requests.takeViolations())
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("MessageBody", "TimeToLive");
    assertThat(texts.sent()).isEmpty();
  }

  @Test
  void sendsMailsAndRemembersThem() {
    String id =
        mail(
            "jo@example.com",
            r -> r.emailTags(MessageTag.builder().name("run").value("7").build()));

    SentMail sent = mails.sent().get(0);
    assertThat(sent.messageId()).isEqualTo(id);
    assertThat(sent.to()).containsExactly("jo@example.com");
    assertThat(sent.content().at("/Simple/Subject/Data").asText()).isEqualTo("subject");
    assertThat(sent.tags()).isEqualTo(Map.of("run", "7"));
  }

  @Test
  void doesNotSendMailsToSuppressedAddresses() {
    mails.suppress("Jo@example.com");

    assertThatThrownBy(() -> mail("jo@Example.com", r -> {}))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("suppression list");
    assertThat(mails.sent()).isEmpty();
  }

  @Test
  void throttlesMails() {
    mails.quota(new Quota(1, 1, nanos::get));
    mail("jo@example.com", r -> {});

    assertThatThrownBy(() -> mail("jo@example.com", r -> {}))
        .isInstanceOfSatisfying(
            TooManyRequestsException.class, e -> assertThat(e.statusCode()).isEqualTo(429));
  }

  @Test
  void sendsAMailTwiceWhenItsAnswerIsLost() {
    mails.faults().next(1, Fault.dropAfterActing());

    assertThatThrownBy(() -> mail("jo@example.com", r -> {}))
        .isInstanceOf(SdkClientException.class);
    mail("jo@example.com", r -> {});

    assertThat(mails.sent()).hasSize(2);
  }

  @Test
  void takesOneKindOfContent() {
    assertThatThrownBy(() -> mail("jo@example.com", r -> r.content(c -> c.simple((Message) null))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("one of Simple, Raw and Template");
  }

  @Test
  void refusesOperationsThatTheyDoNotHave() {
    assertThatThrownBy(() -> sms.describePhoneNumbers(r -> {}))
        .isInstanceOf(AwsServiceException.class);
    assertThatThrownBy(() -> ses.getAccount(r -> {})).isInstanceOf(AwsServiceException.class);

    assertThat(requests.takeViolations())
        .isEqualTo(
            List.of(
                new Violation("DescribePhoneNumbers", "", "is not an operation of the stub"),
                new Violation("GetAccount", "", "is not an operation of the stub")));
  }

  private String text(Consumer<SendTextMessageRequest.Builder> changes) {
    SendTextMessageRequest.Builder builder =
        SendTextMessageRequest.builder()
            .destinationPhoneNumber(NUMBER)
            .originationIdentity("sender")
            .messageBody("hello")
            .messageType("TRANSACTIONAL");
    changes.accept(builder);
    return sms.sendTextMessage(builder.build()).messageId();
  }

  private String mail(String to, Consumer<SendEmailRequest.Builder> changes) {
    SendEmailRequest.Builder builder =
        SendEmailRequest.builder()
            .fromEmailAddress("data@example.com")
            .destination(d -> d.toAddresses(to))
            .content(
                c ->
                    c.simple(
                        s ->
                            s.subject(t -> t.data("subject"))
                                .body(b -> b.text(t -> t.data("text")))));
    changes.accept(builder);
    return ses.sendEmail(builder.build()).messageId();
  }
}

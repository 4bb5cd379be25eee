package dev.assay.sending.ses;

import dev.assay.model.ExitKind;
import dev.assay.model.job.SendChannel;
import dev.assay.sending.Channel;
import dev.assay.sending.Outgoing;
import dev.assay.sending.SendOutcome;
import dev.assay.sending.aws.AwsClients;
import dev.assay.sending.aws.AwsFailures;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.validator.routines.EmailValidator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;

/**
 * Sends plain-text mails. The service knows no request token, so a request whose answer is lost may
 * have been a mail; its delivery key goes with it as a tag. With a contact list the service adds an
 * unsubscribe link. Addresses that are suppressed or opted out are not asked to take a mail: the
 * service would accept it, and not deliver it.
 */
public final class MailChannel implements Channel {
  private static final String SERVICE = "Amazon SES";
  private static final String UTF_8 = "UTF-8";

  private final SesV2Client client;
  private final SendChannel.Mail settings;
  private final Unreachable unreachable;
  private boolean works;

  /**
   * @param client sends each request once
   */
  public MailChannel(SesV2Client client, SendChannel.Mail settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.unreachable = new Unreachable(client, settings, clock);
  }

  /** With the credentials of the environment. */
  public static MailChannel open(SendChannel.Mail settings, Optional<String> usualRegion) {
    return new MailChannel(
        AwsClients.open(SesV2Client.builder(), settings.where(), usualRegion),
        settings,
        Clock.systemUTC());
  }

  @Override
  public SendOutcome send(Outgoing message) {
    String address = message.address().strip();
    if (!EmailValidator.getInstance().isValid(address)) {
      return SendOutcome.Refused.forGood("invalid address");
    }
    if (message.text().isBlank()) {
      return SendOutcome.Refused.forGood("the text is empty");
    }
    return refusal(address).orElseGet(() -> mailed(message, address));
  }

  /** Why the address gets nothing; empty if it may. */
  private Optional<SendOutcome> refusal(String address) {
    try {
      return unreachable.why(address).map(SendOutcome.Refused::forGood);
    } catch (SdkException e) {
      // a question sends nothing, whatever becomes of it
      return Optional.of(
          AwsFailures.outcome(SERVICE, e, this::known)
              .match(
                  sent -> sent,
                  refused -> refused,
                  later -> later,
                  unknown -> new SendOutcome.Later(unknown.why(), Optional.empty())));
    }
  }

  private SendOutcome mailed(Outgoing message, String address) {
    try {
      String id = client.sendEmail(request(message, address)).messageId();
      works = true;
      return new SendOutcome.Sent(id);
    } catch (SdkException e) {
      return AwsFailures.outcome(SERVICE, e, this::known);
    }
  }

  private SendEmailRequest request(Outgoing message, String address) {
    SendEmailRequest.Builder request =
        SendEmailRequest.builder()
            .fromEmailAddress(settings.from())
            .destination(d -> d.toAddresses(address))
            .configurationSetName(settings.configurationSet().orElse(null))
            .emailTags(t -> t.name("delivery-key").value(message.deliveryKey()))
            .content(
                c ->
                    c.simple(
                        s ->
                            s.subject(t -> t.data(settings.subject()).charset(UTF_8))
                                .body(b -> b.text(t -> t.data(message.text()).charset(UTF_8)))));
    settings
        .contactList()
        .ifPresent(
            list ->
                request.listManagementOptions(
                    l -> l.contactListName(list).topicName(settings.topic().orElse(null))));
    return request.build();
  }

  private Optional<SendOutcome> known(AwsServiceException answer) {
    if (answer instanceof AccountSuspendedException || answer instanceof SendingPausedException) {
      throw AwsFailures.refused(SERVICE, answer, ExitKind.OUTSIDE_UNAVAILABLE);
    }
    if (answer instanceof LimitExceededException) {
      return Optional.of(new SendOutcome.Later("a limit of SES is reached", Optional.empty()));
    }
    if (answer instanceof MessageRejectedException) {
      String words = String.valueOf(answer.getMessage()).toLowerCase(Locale.ROOT);
      if (words.contains("not verified")) {
        // of the sender, or of everybody while the account is in the sandbox
        throw AwsFailures.refused(SERVICE, answer, ExitKind.WRONG_FILES);
      }
      return Optional.of(
          SendOutcome.Refused.forGood(words.contains("suppress") ? "suppressed" : "rejected"));
    }
    // settings that sent a mail before are not what is wrong with this one
    return answer instanceof BadRequestException && works
        ? Optional.of(SendOutcome.Refused.forGood("not accepted as a mail"))
        : Optional.empty();
  }

  @Override
  public Repeats repeats() {
    return Repeats.NEVER;
  }

  @Override
  public void close() {
    client.close();
  }
}

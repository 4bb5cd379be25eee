package dev.assay.sending.sms;

import dev.assay.model.job.SendChannel;
import dev.assay.sending.Channel;
import dev.assay.sending.Outgoing;
import dev.assay.sending.SendOutcome;
import dev.assay.sending.aws.AwsClients;
import dev.assay.sending.aws.AwsFailures;
import dev.assay.sending.aws.Numbers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.pinpointsmsvoicev2.PinpointSmsVoiceV2Client;
import software.amazon.awssdk.services.pinpointsmsvoicev2.model.ConflictException;
import software.amazon.awssdk.services.pinpointsmsvoicev2.model.ValidationException;

/**
 * Sends text messages. The service knows no request token, so a request whose answer is lost may
 * have been a message; its delivery key goes with it as context.
 */
public final class TextChannel implements Channel {
  private static final String SERVICE = "AWS End User Messaging";
  private static final int LONGEST = 1600;

  /** What is wrong for some numbers, and may be right for the next. */
  private static final Set<String> COUNTRY =
      Set.of(
          "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
          "INTERNATIONAL_SENDING_NOT_SUPPORTED",
          "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
          "NO_ORIGINATION_IDENTITIES_FOUND",
          "NUMBER_CAPABILITIES_MISMATCH",
          "PRICE_OVER_THRESHOLD",
          "SENDER_ID_NOT_REGISTERED",
          "SENDER_ID_NOT_SUPPORTED",
          "SENDER_ID_REQUIRES_REGISTRATION");

  private final PinpointSmsVoiceV2Client client;
  private final SendChannel.Text settings;

  /**
   * @param client sends each request once
   */
  public TextChannel(PinpointSmsVoiceV2Client client, SendChannel.Text settings) {
    this.client = client;
    this.settings = settings;
  }

  /** With the credentials of the environment. */
  public static TextChannel open(SendChannel.Text settings, Optional<String> usualRegion) {
    return new TextChannel(
        AwsClients.open(PinpointSmsVoiceV2Client.builder(), settings.where(), usualRegion),
        settings);
  }

  @Override
  public SendOutcome send(Outgoing message) {
    Optional<String> number = Numbers.plain(message.address());
    if (number.isEmpty()) {
      return SendOutcome.Refused.forGood("invalid address");
    }
    if (message.text().isBlank() || message.text().length() > LONGEST) {
      return SendOutcome.Refused.forGood(
          "the text is empty or longer than %d characters".formatted(LONGEST));
    }
    try {
      return new SendOutcome.Sent(
          client
              .sendTextMessage(
                  r ->
                      r.destinationPhoneNumber(number.get())
                          .messageBody(message.text())
                          .messageType(settings.messageType().name())
                          .originationIdentity(settings.originationIdentity().orElse(null))
                          .configurationSetName(settings.configurationSet().orElse(null))
                          .context(Map.of("delivery-key", message.deliveryKey())))
              .messageId());
    } catch (SdkException e) {
      return AwsFailures.outcome(SERVICE, e, TextChannel::known);
    }
  }

  private static Optional<SendOutcome> known(AwsServiceException answer) {
    if (answer instanceof ConflictException conflict) {
      return byReason(String.valueOf(conflict.reasonAsString()));
    }
    if (answer instanceof ValidationException invalid) {
      boolean ofNumber =
          invalid.hasFields()
              && invalid.fields().stream()
                  .anyMatch(field -> "DestinationPhoneNumber".equals(field.name()));
      return ofNumber
          ? Optional.of(SendOutcome.Refused.forGood("invalid address"))
          : byReason(String.valueOf(invalid.reasonAsString()));
    }
    return Optional.empty();
  }

  private static Optional<SendOutcome> byReason(String reason) {
    if (reason.equals("DESTINATION_PHONE_NUMBER_OPTED_OUT")) {
      return Optional.of(SendOutcome.Refused.forGood("opted out"));
    }
    if (reason.startsWith("DESTINATION_") && reason.contains("BLOCKED")) {
      return Optional.of(SendOutcome.Refused.forGood("blocked"));
    }
    return COUNTRY.contains(reason)
        ? Optional.of(SendOutcome.Refused.forNow("no way to send to this country or number"))
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

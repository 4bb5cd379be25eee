package dev.assay.sending.sns;

import dev.assay.model.job.SendChannel;
import dev.assay.sending.Channel;
import dev.assay.sending.Outgoing;
import dev.assay.sending.SendOutcome;
import dev.assay.sending.aws.AwsClients;
import dev.assay.sending.aws.AwsFailures;
import dev.assay.sending.aws.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;

/**
 * Sends text messages by SNS, after asking whether the number opted out: SNS takes messages to such
 * numbers without a word and drops them. There is no request token, so a request whose answer is
 * lost may have been a message.
 */
public final class SnsTextChannel implements Channel {
  private static final String SERVICE = "Amazon SNS";
  private static final int LONGEST = 1600;

  private final SnsClient client;
  private final SendChannel.SnsText settings;

  /**
   * @param client sends each request once
   */
  public SnsTextChannel(SnsClient client, SendChannel.SnsText settings) {
    this.client = client;
    this.settings = settings;
  }

  /** With the credentials of the environment. */
  public static SnsTextChannel open(SendChannel.SnsText settings, Optional<String> usualRegion) {
    return new SnsTextChannel(
        AwsClients.open(SnsClient.builder(), settings.where(), usualRegion), settings);
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
    return optedOut(number.get()).orElseGet(() -> publish(number.get(), message));
  }

  /** Why the number gets nothing; empty if it may. */
  private Optional<SendOutcome> optedOut(String number) {
    try {
      return client.checkIfPhoneNumberIsOptedOut(r -> r.phoneNumber(number)).isOptedOut()
          ? Optional.of(SendOutcome.Refused.forGood("opted out"))
          : Optional.empty();
    } catch (SdkException e) {
      // a question sends nothing, whatever becomes of it
      return Optional.of(
          AwsFailures.outcome(SERVICE, e, SnsTextChannel::known)
              .match(
                  sent -> sent,
                  refused -> refused,
                  later -> later,
                  unknown -> new SendOutcome.Later(unknown.why(), Optional.empty())));
    }
  }

  private SendOutcome publish(String number, Outgoing message) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("AWS.SNS.SMS.SMSType", "Promotional");
    settings.senderId().ifPresent(sender -> attributes.put("AWS.SNS.SMS.SenderID", sender));
    try {
      return new SendOutcome.Sent(
          client
              .publish(
                  r ->
                      r.phoneNumber(number)
                          .message(message.text())
                          .messageAttributes(TopicChannel.values(attributes)))
              .messageId());
    } catch (SdkException e) {
      return AwsFailures.outcome(SERVICE, e, SnsTextChannel::known);
    }
  }

  private static Optional<SendOutcome> known(AwsServiceException answer) {
    return answer instanceof InvalidParameterException
            && String.valueOf(answer.getMessage())
                .toLowerCase(java.util.Locale.ROOT)
                .contains("phone")
        ? Optional.of(SendOutcome.Refused.forGood("invalid address"))
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

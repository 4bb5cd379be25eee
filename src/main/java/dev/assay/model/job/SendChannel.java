package dev.assay.model.job;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A way for messages to leave, as a job describes it. */
public sealed interface SendChannel {
  /** Messages of this channel value are left where they are. */
  record None() implements SendChannel {}

  /**
   * One JSON file per message, for whoever sends them.
   *
   * @param folder a folder on this machine; made if it is not there
   */
  record Files(Path folder) implements SendChannel {}

  /** An SNS topic: one notification per message, the address among its attributes. */
  record Topic(String arn, Where where) implements SendChannel {}

  /** Text messages by SNS. */
  record SnsText(Optional<String> senderId, Where where) implements SendChannel {}

  /**
   * Mails by SES.
   *
   * @param from the sender's address, or name and address
   * @param contactList honours the opt-outs of this list; {@code topic} those of one topic of it
   */
  record Mail(
      String from,
      String subject,
      Optional<String> configurationSet,
      Optional<String> contactList,
      Optional<String> topic,
      Where where)
      implements SendChannel {}

  /**
   * Text messages by AWS End User Messaging.
   *
   * @param originationIdentity a telephone number, sender id or pool: its id or ARN
   * @param messageType what the carrier is told
   */
  record Text(
      Optional<String> originationIdentity,
      MessageType messageType,
      Optional<String> configurationSet,
      Where where)
      implements SendChannel {}

  /** What a text message is for. */
  enum MessageType {
    TRANSACTIONAL,
    PROMOTIONAL
  }

  /**
   * Where a service is called.
   *
   * @param region otherwise that of the profile's catalog, or of the environment
   * @param endpoint otherwise the service's own
   */
  record Where(Optional<String> region, Optional<URI> endpoint) {
    /** Where the environment says. */
    public static final Where USUAL = new Where(Optional.empty(), Optional.empty());
  }
}

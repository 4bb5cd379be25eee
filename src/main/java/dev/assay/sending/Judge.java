package dev.assay.sending;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.Nearest;
import dev.assay.model.job.Send;
import dev.assay.model.job.SendChannel;
import java.util.Map;
import java.util.Optional;

/** Says of each message whether it may go, by which channel, and to which address. */
final class Judge {
  private final Send job;
  private final VerdictBook verdicts;
  private final Map<String, Channel> channels;
  private final Protection protection;

  Judge(Send job, VerdictBook verdicts, Map<String, Channel> channels, Protection protection) {
    this.job = job;
    this.verdicts = verdicts;
    this.channels = channels;
    this.protection = protection;
  }

  Fate fate(MessageRow message) {
    Optional<Fate> forbidden =
        verdicts
            .about(message.key(), message.contentHash())
            .map(
                decision ->
                    switch (decision) {
                      case COMPLIANT -> Fate.COMPLIANT;
                      case RESTRICTED -> Fate.RESTRICTED;
                      case REVIEW -> Fate.REVIEW;
                    });
    Fate fate =
        forbidden.orElseGet(() -> verdicts.knows(message.key()) ? Fate.STALE : Fate.UNJUDGED);
    if (fate != Fate.COMPLIANT) {
      return fate;
    }
    if (job.channels().get(channelOf(message)) instanceof SendChannel.None) {
      return Fate.LEFT;
    }
    return message.address().isBlank() ? Fate.NO_ADDRESS : Fate.COMPLIANT;
  }

  /** The same for the same job, message and text, whenever and wherever it is asked. */
  String deliveryKey(MessageRow message) {
    return Fingerprint.of(
            job.ledgerName(), job.verdicts().toString(), message.key(), message.contentHash())
        .hex();
  }

  /**
   * The name under which the job describes the message's channel.
   *
   * @throws AssayException if it describes none
   */
  String channelOf(MessageRow message) {
    if (job.messages().channel().isEmpty()) {
      return job.channels().keySet().iterator().next();
    }
    if (!job.channels().containsKey(message.channel())) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: message %s of %s has channel '%s', which 'channels' does not describe. %s Write '%s: none' to leave such messages where they are. Nothing was sent."
              .formatted(
                  job.file(),
                  message.key(),
                  job.messages().table(),
                  message.channel(),
                  Nearest.suggestion(
                      message.channel(), java.util.List.copyOf(job.channels().keySet())),
                  message.channel()));
    }
    return message.channel();
  }

  Channel channel(MessageRow message) {
    Channel channel = channels.get(channelOf(message));
    if (channel == null) {
      throw new IllegalStateException("channel " + channelOf(message) + " was not opened");
    }
    return channel;
  }

  /**
   * The message as its channel needs it.
   *
   * @throws AssayException if its address cannot be had
   */
  Outgoing outgoing(MessageRow message) {
    return new Outgoing(deliveryKey(message), address(message), message.text(), message.campaign());
  }

  private String address(MessageRow message) {
    String address = message.address();
    if (channel(message).takesProtectedAddresses()) {
      return address;
    }
    if (protection.isToken(address)) {
      throw unusable(
          message,
          "is a token, and nothing opens a token",
          "Protect the column with 'encrypt' instead of 'tokenise', or use the files channel.");
    }
    if (!protection.isCiphertext(address)) {
      return address;
    }
    try {
      return protection.reveal(address);
    } catch (IllegalArgumentException e) {
      throw unusable(
          message,
          "was encrypted with keys that the profile does not have",
          "Use the profile whose keys protected it.");
    }
  }

  private AssayException unusable(MessageRow message, String found, String remedy) {
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s: %s.%s of message %s %s, and channel '%s' needs the address itself. %s Nothing was sent."
            .formatted(
                job.file(),
                job.messages().table(),
                job.messages().address(),
                message.key(),
                found,
                channelOf(message),
                remedy));
  }
}

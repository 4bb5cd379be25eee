package dev.assay.cli;

import dev.assay.model.job.Profile;
import dev.assay.model.job.Send;
import dev.assay.model.job.SendChannel;
import dev.assay.sending.Channel;
import dev.assay.sending.files.FilesChannel;
import dev.assay.sending.ses.MailChannel;
import dev.assay.sending.sms.TextChannel;
import dev.assay.sending.sns.SnsTextChannel;
import dev.assay.sending.sns.TopicChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens the channels that a send job describes. */
final class SendChannels {
  private SendChannels() {}

  /** The channels by the job's names for them; those that are {@code none} are left out. */
  static Map<String, Channel> open(Send job, Profile profile) {
    // where Iceberg calls the catalog's services
    Optional<String> region = Optional.ofNullable(profile.catalogProperties().get("client.region"));
    Map<String, Channel> channels = new LinkedHashMap<>();
    job.channels()
        .forEach(
            (name, channel) -> {
              if (!(channel instanceof SendChannel.None)) {
                channels.put(name, open(channel, region));
              }
            });
    return channels;
  }

  private static Channel open(SendChannel channel, Optional<String> region) {
    if (channel instanceof SendChannel.Files files) {
      return new FilesChannel(files.folder());
    }
    if (channel instanceof SendChannel.Topic topic) {
      return TopicChannel.open(topic, region);
    }
    if (channel instanceof SendChannel.SnsText text) {
      return SnsTextChannel.open(text, region);
    }
    if (channel instanceof SendChannel.Mail mail) {
      return MailChannel.open(mail, region);
    }
    if (channel instanceof SendChannel.Text text) {
      return TextChannel.open(text, region);
    }
    throw new IllegalStateException(
        "there is no way to open " + channel.getClass().getSimpleName());
  }
}

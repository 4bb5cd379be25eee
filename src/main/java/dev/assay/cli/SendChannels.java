package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Send;
import dev.assay.model.job.SendChannel;
import dev.assay.sending.Channel;
import dev.assay.sending.files.FilesChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens the channels that a send job describes. */
final class SendChannels {
  private SendChannels() {}

  /** The channels by the job's names for them; those that are {@code none} are left out. */
  static Map<String, Channel> open(Send job, Profile profile) {
    Map<String, Channel> channels = new LinkedHashMap<>();
    job.channels()
        .forEach(
            (name, channel) -> {
              if (!(channel instanceof SendChannel.None)) {
                channels.put(name, open(job, name, channel, profile));
              }
            });
    return channels;
  }

  private static Channel open(Send job, String name, SendChannel channel, Profile profile) {
    if (channel instanceof SendChannel.Files files) {
      return new FilesChannel(files.folder());
    }
    throw new AssayException(
        ExitKind.WRONG_FILES,
        "%s: channel '%s' is not available in profile %s."
            .formatted(job.file(), name, profile.name()));
  }
}

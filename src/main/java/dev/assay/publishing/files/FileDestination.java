package dev.assay.publishing.files;

import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A file per announcement: {@code <folder>/<table>/<instant>-<kind>-<key>.json}, exactly once by
 * its key. A file is there whole or not at all.
 */
public final class FileDestination implements Destination {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int KEY = 12;

  private final String name;
  private final Path folder;

  public FileDestination(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean takes(Announcement.Kind kind) {
    return true;
  }

  @Override
  public Outcome deliver(Announcement announcement, String body, Attempt attempt) {
    Path file = file(folder, announcement);
    try {
      Files.createDirectories(file.getParent());
      Path half = Files.createTempFile(file.getParent(), ".", ".part");
      Files.writeString(half, body + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Outcome.Delivered(folder.relativize(file).toString());
    } catch (IOException e) {
      return new Outcome.Later(
          "%s cannot be written (%s)".formatted(file, e.getClass().getSimpleName()),
          Optional.empty());
    }
  }

  /** The file of an announcement. */
  public static Path file(Path folder, Announcement announcement) {
    return folder
        .resolve(announcement.table().toString())
        .resolve(
            "%s-%s-%s.json"
                .formatted(
                    SECOND.format(announcement.at()),
                    announcement.kind().text(),
                    announcement.key().substring(0, KEY)));
  }
}

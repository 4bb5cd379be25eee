package dev.assay.keys.files;

import dev.assay.keys.MissingKeysException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A text file for keys that nobody but its owner can read, at no time.
 *
 * @param path where it is
 */
public record OwnerOnlyFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * The text.
   *
   * @throws MissingKeysException if there is no file, or it cannot be read
   */
  public String read() {
    if (!exists()) {
      throw new MissingKeysException(
          path.toString(),
          "there is no key file, and keys are needed to protect or reveal",
          "Make one with 'assay keys create', or copy the team's.");
    }
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new MissingKeysException(
          path.toString(), "the key file cannot be read", "Check who may read it.");
    }
  }

  /**
   * Writes the text, replacing the file in one go.
   *
   * @throws UncheckedIOException if it cannot be written; what was there still is
   */
  public void write(String text) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.writeString(fresh, text);
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the key file " + path, e);
    }
  }
}

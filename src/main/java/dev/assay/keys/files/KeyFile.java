package dev.assay.keys.files;

import dev.assay.keys.KeyDocument;
import dev.assay.keys.KeyRing;
import dev.assay.keys.KeyStore;
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

/** Keys in a file that only its owner can read. */
public final class KeyFile implements KeyStore {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  public KeyFile(Path file) {
    this.file = file;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  @Override
  public KeyRing load() {
    if (!exists()) {
      throw new MissingKeysException(
          file.toString(),
          "there is no key file, and keys are needed to protect or reveal",
          "Make one with 'assay keys create', or copy the team's.");
    }
    try {
      return KeyDocument.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new MissingKeysException(
          file.toString(), "the key file cannot be read", "Check who may read it.");
    }
  }

  /** Writes the keys, replacing the file in one go. */
  public void save(KeyRing ring) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.writeString(fresh, KeyDocument.write(ring));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the key file " + file, e);
    }
  }
}

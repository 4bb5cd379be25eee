package dev.assay.keys.files;

import dev.assay.keys.KeyDocument;
import dev.assay.keys.KeyRing;
import dev.assay.keys.WritableKeyStore;
import java.nio.file.Path;

/** Keys in a file that only its owner can read. */
public final class KeyFile implements WritableKeyStore {
  private final OwnerOnlyFile file;

  public KeyFile(Path file) {
    this.file = new OwnerOnlyFile(file);
  }

  @Override
  public boolean exists() {
    return file.exists();
  }

  @Override
  public KeyRing load() {
    return KeyDocument.read(file.path().toString(), file.read());
  }

  @Override
  public void save(KeyRing ring) {
    file.write(KeyDocument.write(ring));
  }
}

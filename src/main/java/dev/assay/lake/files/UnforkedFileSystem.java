package dev.assay.lake.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but for how it sets permissions: without Hadoop's native library it
 * starts a {@code chmod} for every file and folder that it makes, and an Iceberg commit makes many
 * small ones. What files contain, and who may read them, is the same.
 */
public final class UnforkedFileSystem extends LocalFileSystem {
  /** The setting of Hadoop that names the class for {@code file:}. */
  public static final String SETTING = "fs.file.impl";

  /** Made by Hadoop, by its name. */
  public UnforkedFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      if (permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      String letters =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      try {
        Files.setPosixFilePermissions(
            pathToFile(path).toPath(), PosixFilePermissions.fromString(letters));
      } catch (UnsupportedOperationException e) {
        // no POSIX permissions here, such as on Windows
        super.setPermission(path, permission);
      }
    }
  }
}

package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files with the same permissions as Hadoop's own local file system makes. */
class UnforkedFileSystemTest {
  @TempDir java.nio.file.Path folder;

  @Test
  void makesWhatHadoopsOwnMakes() throws IOException {
    assertThat(made(UnforkedFileSystem.class, "ours"))
        .isEqualTo(made(LocalFileSystem.class, "theirs"));
  }

  @Test
  void setsAnyPermission() throws IOException {
    try (FileSystem files = open(UnforkedFileSystem.class)) {
      java.nio.file.Path file = Files.writeString(folder.resolve("a"), "a");
      java.nio.file.Path shared = Files.createDirectory(folder.resolve("shared"));

      files.setPermission(path(file), new FsPermission((short) 0640));
      files.setPermission(path(shared), new FsPermission((short) 01777));

      assertThat(permissions(file)).isEqualTo("rw-r-----");
      assertThat((Integer) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(01777);
    }
  }

  @Test
  void whatIsNotThereIsAnError() throws IOException {
    try (FileSystem files = open(UnforkedFileSystem.class)) {
      Path nothing = path(folder.resolve("nothing"));

      assertThatThrownBy(() -> files.setPermission(nothing, new FsPermission((short) 0644)))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  /** A folder, a file, its checksum: names, contents and permissions. */
  private String made(Class<? extends FileSystem> kind, String name) throws IOException {
    java.nio.file.Path root = folder.resolve(name);
    try (FileSystem files = open(kind)) {
      try (FSDataOutputStream out = files.create(path(root.resolve("a/b/data")))) {
        out.write("content".getBytes(StandardCharsets.UTF_8));
      }
    }
    StringBuilder found = new StringBuilder();
    try (var walk = Files.walk(root)) {
      for (java.nio.file.Path one : walk.sorted().toList()) {
        found.append(root.relativize(one)).append(' ').append(permissions(one));
        if (Files.isRegularFile(one)) {
          found
              .append(' ')
              .append(new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1));
        }
        found.append('\n');
      }
    }
    return found.toString();
  }

  private static FileSystem open(Class<? extends FileSystem> kind) throws IOException {
    Configuration configuration = new Configuration();
    configuration.setClass(UnforkedFileSystem.SETTING, kind, FileSystem.class);
    return FileSystem.newInstance(java.net.URI.create("file:///"), configuration);
  }

  private static Path path(java.nio.file.Path file) {
    return new Path(file.toUri());
  }

  private static String permissions(java.nio.file.Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

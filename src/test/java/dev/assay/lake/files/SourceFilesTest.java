package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path folder;

  @Test
  void aFileThatSeveralPathsMeanIsFoundOnce() throws IOException {
    Files.createDirectories(folder.resolve("2026"));
    for (String name : List.of("2026/b.csv", "2026/a.csv", "2026/_SUCCESS")) {
      Files.writeString(folder.resolve(name), "x");
    }

    List<SourceFile> found =
        SourceFiles.find(
            List.of(
                folder + "/2026/*.csv",
                folder + "/2026",
                folder + "/20*/a.csv",
                "file://" + folder + "/2026/b.csv"),
            new Configuration());

    assertThat(found)
        .extracting(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
        .containsExactly("a.csv", "b.csv");
  }

  @Test
  void aPathThatNoFileSystemKnowsIsNamed() {
    assertThatThrownBy(() -> SourceFiles.find(List.of("nope://a/b"), new Configuration()))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith("nope://a/b: it cannot be listed (UnsupportedFileSystemException)");
  }

  @Test
  void storageThatDoesNotAnswerIsNoMissingInput() throws IOException {
    Configuration nobody = new Configuration();
    nobody.set("fs.s3a.endpoint", "http://127.0.0.1:%d".formatted(closedPort()));
    nobody.set("fs.s3a.path.style.access", "true");
    nobody.set("fs.s3a.access.key", "a");
    nobody.set("fs.s3a.secret.key", "b");
    nobody.set("fs.s3a.attempts.maximum", "0");
    nobody.set("fs.s3a.retry.limit", "0");

    assertThatThrownBy(() -> SourceFiles.find(List.of("s3a://bucket/raw/*.csv"), nobody))
        .isInstanceOfSatisfying(
            AssayException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageStartingWith("Storage, catalog or network did not answer (");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

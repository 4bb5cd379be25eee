package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultPlaceTest {
  @TempDir Path folder;

  @Test
  void aPathIsALocalFile() {
    Path file = folder.resolve("new/result.json");

    place(file.toString()).write("1");
    place(file.toString()).write("2");

    assertThat(file).hasContent("2");
  }

  @Test
  void anAddressIsWrittenByItsFileSystem() {
    Path file = folder.resolve("elsewhere/result.json");

    place(file.toUri().toString().replace("file:/", "file:///")).write("1");

    assertThat(file).hasContent("1");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "");

    assertThatThrownBy(() -> place(occupied.resolve("result.json").toString()).write("1"))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("occupied/result.json: cannot be written");
  }

  private static ResultPlace place(String where) {
    return new ResultPlace(where, Configuration::new);
  }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.lake.UnreadableInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strange files that init cannot describe, and some that it can. */
class InputLookIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.json | [{\"id\": 1},\\n {\"id\": 2}]     | the file holds one JSON list, and not one object on each line. Have it written as JSON lines",
        "a.txt  | [\\n  {\"id\": 1}\\n]             | the file holds one JSON list",
        "a.json | {\\n  \"id\": 1,\\n  \"b\": [2]\\n} | the file holds JSON that spans lines, or none, and not one object on each line.",
        "a.csv  | ~~                                | the file is empty",
      })
  void saysWhatIsWrongWithAFileThatNoJobCouldRead(String name, String text, String message) {
    TestProject project =
        new TestProject(folder).file(name, text == null ? "" : text.translateEscapes());
    String file = folder.resolve(name).toString();

    assertThatThrownBy(() -> InputLook.atFile(project.spark(), "a", file))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith(file + ": " + message);
  }

  @Test
  void describesJsonLinesAmongWhichSomeAreNone() {
    TestProject project =
        new TestProject(folder).file("a.json", "{\"id\": 1}\n\"b\": 2\n{\"id\": 2, \"c\": null}\n");

    assertThat(
            InputLook.atFile(project.spark(), "a", folder.resolve("a.json").toString()).columns())
        .extracting(column -> column.source())
        .containsExactly("id", "c");
  }
}

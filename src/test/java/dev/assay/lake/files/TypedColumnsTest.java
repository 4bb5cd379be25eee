package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.SourceFile;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of one input whose own columns differ. */
class TypedColumnsTest {
  @Test
  void filesWithTheSameColumnsInAnyOrderFit() {
    StructType columns =
        input(Input.ExtraFields.QUARANTINE).ofMost(files("a INT, b STRING", "b STRING, a INT"));

    assertThat(columns.fieldNames()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a INT                        | f2: the file has no column 'b', which is string in f0. Declare",
        "a BIGINT, b STRING           | f2: column 'a' is bigint, and int in f0. Declare",
        "a INT, b STRING, c INT       | f2: the file has a column 'c' that f0 has not. Declare it under columns, or set extra-fields: ignore.",
      })
  void theFileThatDiffersFromTheMostIsNamed(String odd, String message) {
    Map<SourceFile, StructType> files = files("a INT, b STRING", "a INT, b STRING", odd);

    assertThatThrownBy(() -> input(Input.ExtraFields.QUARANTINE).ofMost(files))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aFirstFileThatDiffersFromTheOthersIsNamed() {
    assertThatThrownBy(
            () ->
                input(Input.ExtraFields.QUARANTINE)
                    .ofMost(files("a INT", "a INT, b STRING", "a INT, b STRING")))
        .hasMessageStartingWith("f0: the file has no column 'b'");
  }

  @Test
  void columnsOfSomeFilesAreLeftOutOnlyWhereTheJobSaysSo() {
    StructType columns =
        input(Input.ExtraFields.IGNORE).ofMost(files("a INT", "a INT", "a INT, c INT"));

    assertThat(columns.fieldNames()).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name STRING                | f0: the file has no column 'id', declared as int. The file has: name.",
        "id BOOLEAN                 | f0: column 'id' is boolean, and declared as int. Declare the type that the file has",
        "id INT, seen INT           | f0: column 'seen' is int, and declared as date. Declare",
        "id STRUCT<a: INT>          | f0: column 'id' is struct<a:int>, and declared as int. Declare",
        "id INT, more INT           | f0: the file has a column 'more' that is not declared. Declare it under columns, or set extra-fields: ignore.",
      })
  void aFileThatDoesNotFitTheDeclarationIsNamed(String columns, String message) {
    Map<SourceFile, StructType> files = files(columns);

    assertThatThrownBy(() -> input(Input.ExtraFields.QUARANTINE, ID, NAME, SEEN).groups(files))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void filesThatFitTheDeclarationInSeveralWaysAreReadEachInItsOwn() {
    Map<StructType, List<SourceFile>> groups =
        input(Input.ExtraFields.IGNORE, ID, NAME, SEEN)
            .groups(
                files(
                    "id BIGINT, name STRING, x INT",
                    "id STRING, seen TIMESTAMP",
                    "name STRING, id BIGINT"));

    assertThat(groups.values().stream().map(List::size)).containsExactly(2, 1);
    assertThat(groups.keySet().stream().map(StructType::catalogString))
        .containsExactly("struct<id:bigint,name:string>", "struct<id:string,seen:timestamp>");
  }

  private static final ColumnSpec ID = new ColumnSpec("id", "int", Optional.empty(), false);
  private static final ColumnSpec NAME = new ColumnSpec("name", "string", Optional.empty(), true);
  private static final ColumnSpec SEEN = new ColumnSpec("seen", "date", Optional.empty(), true);

  private static TypedColumns input(Input.ExtraFields extra, ColumnSpec... columns) {
    return new TypedColumns(
        new Input.Files(
            List.of("raw/*"),
            Input.Format.PARQUET,
            Input.CsvOptions.DEFAULT,
            Arrays.asList(columns),
            extra,
            Input.OnMissing.FAIL,
            Input.OnCorruptFile.FAIL,
            Input.Files.Read.ALL));
  }

  private static Map<SourceFile, StructType> files(String... columns) {
    Map<SourceFile, StructType> files = new LinkedHashMap<>();
    for (int index = 0; index < columns.length; index++) {
      files.put(new SourceFile("f" + index, 1, 1), StructType.fromDDL(columns[index]));
    }
    return files;
  }
}

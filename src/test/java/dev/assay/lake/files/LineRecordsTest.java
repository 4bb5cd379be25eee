package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines are records: all that hold a character. */
class LineRecordsTest {
  @TempDir Path folder;

  @Test
  void aLineOfDelimitersIsARecordOfEmptyValues() throws IOException {
    assertThat(values("1\ta\n\t\n\n2\tb\n", csv('\t', "id", "name"), 2))
        .containsExactly("1|a", "null|null", "2|b");
  }

  @Test
  void aLineOfBlanksIsARecordThatDoesNotFit() throws IOException {
    assertThat(values("1,a\n   \n", csv(',', "id", "name"), 2))
        .containsExactly("1|a", "null|null has 1 fields; expected 2");
  }

  @Test
  void anEmptyLineIsAnEmptyValueWhereThereIsOneColumnOnly() throws IOException {
    assertThat(values("a\n\nb\n", csv(',', "name"), 1)).containsExactly("a", "null", "b");
    assertThat(values("a,b\n\nc,d\n", csv(',', "name", "other"), 2)).containsExactly("a|b", "c|d");
  }

  @Test
  void whiteSpaceBetweenJsonTextsIsNoRecord() throws IOException {
    JsonRecords json = new JsonRecords(List.of("id"), Set.of(), true);

    assertThat(values("{\"id\":1}\n \t\n\n{\"id\":2}\n", json, 1)).containsExactly("1", "2");
  }

  @Test
  void noValueIsGivenToAColumnByAGuessAboutTheHeader() {
    CsvRecords format =
        new CsvRecords(
            List.of("id", "name"),
            Map.of("s3a://bucket/a.csv", List.of("name", "id")),
            ',',
            '"',
            null,
            "UTF-8",
            "");

    assertThat(format.splitter("s3a://bucket/a.csv")).isNotNull();
    assertThatThrownBy(() -> format.splitter("s3://bucket/a.csv"))
        .isInstanceOfSatisfying(
            AssayException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ExitKind.OUR_FAULT))
        .hasMessageContaining("its header is not known");
  }

  private static CsvRecords csv(char delimiter, String... columns) {
    return new CsvRecords(List.of(columns), Map.of(), delimiter, '"', null, "UTF-8", "");
  }

  /** By record its values, and what is wrong with it. */
  private List<String> values(String text, RecordFormat format, int columns) throws IOException {
    Path path = Files.writeString(folder.resolve("a.txt"), text);
    SourceFile file = new SourceFile(path.toString(), Files.size(path), 0);
    List<String> records = new ArrayList<>();
    try (LocalLines lines = LocalLines.open(file, new Configuration())) {
      Iterator<InternalRow> rows = LineFiles.records(file.path(), lines, format, false, false);
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          cells.add(String.valueOf(row.getUTF8String(column)));
        }
        String problem =
            row.getArray(columns + 5).numElements() == 0
                ? ""
                : " " + row.getArray(columns + 5).getStruct(0, 3).getString(2);
        records.add(String.join("|", cells) + problem);
      }
    }
    return records;
  }
}

package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.ExitKind;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/raw/part-10 is not a Parquet file          | /raw/part-10",
        "file:///raw/part-1: unexpected end          | /raw/part-1",
        "cannot read file:/raw/part-1.               | /raw/part-1",
        "cannot read '/raw/part-1.avro'              | /raw/part-1.avro",
        "/raw/part-1.avro.crc is wrong               |",
        "/older/raw/part-1 is not a Parquet file     |",
        "/raw/part-1:0+4096                          | /raw/part-1",
        "/raw/part-1 b is damaged                    | /raw/part-1 b",
        "file:///raw/part-1%20b is damaged           | /raw/part-1 b",
        "something else                              |",
      })
  void aMessageIsAboutTheFileWhoseWholePathItHolds(String message, String path) {
    assertThat(DamagedFile.in(failure(message), files()).map(SourceFile::path).orElse(null))
        .isEqualTo(path);
  }

  @Test
  void theFileThatAReaderNamesIsTheOne() {
    Exception failure =
        new IllegalStateException(
            "/raw/part-1", new UnreadableInputException("file:/raw/part-10", "damaged", ""));

    assertThat(DamagedFile.in(failure, files())).contains(file("/raw/part-10"));
  }

  @Test
  void aFileIsNotDamagedBecauseStorageGaveNoAnswer() {
    assertThat(DamagedFile.unreadable("a", failure("x")).kind()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(
            DamagedFile.unreadable(
                    "a", new IOException("open a", new SocketTimeoutException("Read timed out")))
                .kind())
        .isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
  }

  private static Exception failure(String message) {
    return new IllegalStateException("Job aborted", new IOException(message));
  }

  private static List<SourceFile> files() {
    return Arrays.asList(
        file("/raw/part-1"), file("/raw/part-1 b"), file("/raw/part-1.avro"), file("/raw/part-10"));
  }

  private static SourceFile file(String path) {
    return new SourceFile(path, 1, 1);
  }
}

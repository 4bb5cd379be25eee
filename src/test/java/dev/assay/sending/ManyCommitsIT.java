package dev.assay.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign of many chunks does not make the ledger grow with the square of their number. */
class ManyCommitsIT {
  private static final int MESSAGES = 620;

  @TempDir Path folder;

  @Tag("soak")
  @Test
  void theLedgerForgetsItsHistoryAndNotItsRows() throws IOException {
    SendProject project =
        new SendProject(folder)
            .job("{sms: {files: {folder: out}}}", "chunk: 1\n")
            .compliant(MESSAGES, "sms", number -> "address-" + number);

    SendSummary summary = project.send(Map.of("sms", project.files()));

    assertThat(summary.sent()).isEqualTo(MESSAGES);
    assertThat(project.states().values()).hasSize(MESSAGES).containsOnly("sent");
    Table table = project.catalog().loadTable(TableIdentifier.of("assay", "sendings"));
    assertThat(StreamSupport.stream(table.snapshots().spliterator(), false).count())
        .isEqualTo(MESSAGES + 1);
    try (Stream<Path> files =
        Files.list(folder.resolve("home/warehouse/assay/sendings/metadata"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".metadata.json")))
          .hasSizeLessThan(60);
    }
    assertThat(project.send(Map.of("sms", project.files())).alreadySent()).isEqualTo(MESSAGES);
  }
}

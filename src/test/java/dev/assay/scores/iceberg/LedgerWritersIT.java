package dev.assay.scores.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes share no lock and no memory: what keeps their rows apart is in the warehouse. */
@Tag("long")
class LedgerWritersIT {
  private static final int WRITERS = 8;
  private static final int RUNS = 3;

  @TempDir Path folder;

  @Test
  void whatEightProcessesWriteAtTheSameTimeIsThereOnce() throws Exception {
    for (ForkedJvm.Ended writer : write()) {
      assertThat(writer.code()).as(writer.output()).isZero();
    }

    Catalog catalog = LakeCatalog.open(LedgerWriter.profile(folder)).iceberg();
    IcebergLedger ledger = new IcebergLedger(catalog);
    List<RunRecord> written = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int number = 0; number < RUNS; number++) {
        written.add(LedgerWriter.run(writer, number));
        rules.add(LedgerWriter.rule(writer, number));
      }
    }
    // as rows, because a ledger shows one of two equal ones
    assertThat(column(catalog, "runs", "run_id"))
        .containsExactlyInAnyOrderElementsOf(written.stream().map(RunRecord::runId).toList());
    assertThat(column(catalog, "outcomes", "rule")).containsExactlyInAnyOrderElementsOf(rules);
    assertThat(ledger.runs()).containsExactlyInAnyOrderElementsOf(written);
  }

  private List<ForkedJvm.Ended> write() throws Exception {
    ExecutorService waiting = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<ForkedJvm.Ended>> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(writer -> waiting.submit(() -> fork(writer)))
              .toList();
      while (!ready() && writers.stream().noneMatch(Future::isDone)) {
        Thread.sleep(10);
      }
      Files.createFile(LedgerWriter.start(folder));
      List<ForkedJvm.Ended> ended = new ArrayList<>();
      for (Future<ForkedJvm.Ended> writer : writers) {
        ended.add(writer.get());
      }
      return ended;
    } finally {
      waiting.shutdownNow();
    }
  }

  private ForkedJvm.Ended fork(int writer) {
    return ForkedJvm.run(
        folder,
        Map.of(),
        LedgerWriter.class,
        folder.toString(),
        String.valueOf(writer),
        String.valueOf(RUNS));
  }

  private boolean ready() {
    return IntStream.range(0, WRITERS)
        .allMatch(writer -> Files.exists(LedgerWriter.ready(folder, writer)));
  }

  private static List<String> column(Catalog catalog, String table, String column)
      throws IOException {
    List<String> values = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(catalog.loadTable(TableIdentifier.of("assay", table))).build()) {
      rows.forEach(row -> values.add(String.valueOf(row.getField(column))));
    }
    return values;
  }
}

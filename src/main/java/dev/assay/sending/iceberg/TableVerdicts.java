package dev.assay.sending.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Send;
import dev.assay.model.message.Decision;
import dev.assay.sending.VerdictBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the verdicts of one model version. */
public final class TableVerdicts {
  private static final String HASH = "content_hash";
  private static final String DECISION = "decision";
  private static final String MODEL = "model";
  private static final String VERSION = "model_version";

  private final Table table;
  private final Send job;

  public TableVerdicts(Table table, Send job) {
    this.table = table;
    this.job = job;
  }

  /**
   * Reads them all into memory.
   *
   * @throws AssayException if a column is missing, if there are no verdicts of the job's model, or
   *     if they are of several versions and the job does not choose one
   */
  public VerdictBook read() {
    List<String> columns = new ArrayList<>(job.messages().key());
    columns.addAll(List.of(HASH, DECISION, MODEL, VERSION));
    TableColumns.require(job.file(), job.verdicts(), table, columns);
    Map<String, VerdictBook> books = new TreeMap<>();
    Map<String, Long> others = new TreeMap<>();
    forEach(
        columns,
        row -> {
          String model = TableColumns.text(row, MODEL);
          String version = TableColumns.text(row, VERSION);
          String full = model + "@" + version;
          if (counts(model, version)) {
            books
                .computeIfAbsent(full, name -> new VerdictBook(model, version))
                .add(
                    TableColumns.key(row, job.messages().key()),
                    TableColumns.text(row, HASH),
                    decision(TableColumns.text(row, DECISION)));
          } else {
            others.merge(full, 1L, Long::sum);
          }
        });
    if (books.size() != 1) {
      throw wrong(books.isEmpty() ? others.keySet() : books.keySet());
    }
    return books.values().iterator().next();
  }

  private void forEach(List<String> columns, Consumer<Record> hearer) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return;
    }
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot.snapshotId())
            .select(columns.toArray(String[]::new))
            .build()) {
      rows.forEach(hearer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + job.verdicts(), e);
    }
  }

  private boolean counts(String model, String version) {
    return job.model()
        .map(
            wanted ->
                wanted.name().equals(model) && wanted.version().map(version::equals).orElse(true))
        .orElse(true);
  }

  private Decision decision(String text) {
    try {
      return Decision.of(text);
    } catch (IllegalArgumentException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: table %s has decision '%s'. Expected one of %s. Nothing was sent."
              .formatted(
                  job.file(),
                  job.verdicts(),
                  text,
                  Arrays.stream(Decision.values()).map(Decision::text).toList()),
          e);
    }
  }

  private AssayException wrong(java.util.Set<String> found) {
    if (found.isEmpty()) {
      return new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: table %s holds no verdicts. Run the job that writes it. Nothing was sent."
              .formatted(job.file(), job.verdicts()));
    }
    String named = job.model().map(model -> " of model " + model).orElse("");
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s: table %s holds verdicts of %s, and exactly one version%s is needed. Name one as 'model: NAME@VERSION'. Nothing was sent."
            .formatted(job.file(), job.verdicts(), String.join(", ", found), named));
  }
}

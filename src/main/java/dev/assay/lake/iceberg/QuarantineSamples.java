package dev.assay.lake.iceberg;

import dev.assay.model.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** A few quarantined records of a run, by their shape. Needs no Spark. */
public final class QuarantineSamples {
  private static final int LONGEST = 160;

  private final LakeCatalog catalog;

  public QuarantineSamples(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  /** Where a record stood, its shape (letters x, digits 9), and its reasons. */
  public record Sample(String source, String shape, String reasons) {}

  /** At most so many records of a run. */
  public List<Sample> of(TableName table, String runId, int most) {
    List<Sample> samples = new ArrayList<>();
    Table quarantine = catalog.find(QuarantineTable.of(table)).orElse(null);
    if (quarantine == null) {
      return samples;
    }
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(quarantine).where(Expressions.equal("run_id", runId)).build()) {
      for (Record row : rows) {
        if (samples.size() == most) {
          break;
        }
        samples.add(sample(row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the quarantine of " + table, e);
    }
    return samples;
  }

  /** Whether records of a run are kept encrypted, because their job protects columns. */
  public boolean anySealed(TableName table, String runId) {
    return catalog
        .find(QuarantineTable.of(table))
        .map(
            quarantine -> {
              try (CloseableIterable<Record> rows =
                  IcebergGenerics.read(quarantine)
                      .where(
                          Expressions.and(
                              Expressions.equal("run_id", runId),
                              Expressions.notNull("sealed_text")))
                      .build()) {
                return rows.iterator().hasNext();
              } catch (IOException e) {
                throw new UncheckedIOException("cannot read the quarantine of " + table, e);
              }
            })
        .orElse(false);
  }

  private static Sample sample(Record row) {
    String file = String.valueOf(row.getField("source_file"));
    Object offset = row.getField("source_offset");
    String name = file.startsWith("enc1_") ? "a protected file" : file.replaceFirst("^.*/", "");
    return new Sample(
        offset == null ? name : name + " @ " + offset,
        shape(String.valueOf(row.getField("text"))),
        reasons(row));
  }

  /** The text with every letter as x and every digit as 9. */
  static String shape(String text) {
    String shape =
        text.substring(0, Math.min(LONGEST, text.length()))
            .codePoints()
            .mapToObj(
                point ->
                    Character.isLetter(point)
                        ? "x"
                        : Character.isDigit(point) ? "9" : Character.toString(point))
            .collect(Collectors.joining());
    return text.length() > LONGEST ? shape + "…" : shape;
  }

  @SuppressWarnings("unchecked")
  private static String reasons(Record row) {
    return ((List<Record>) row.getField("reasons"))
        .stream()
            .map(
                reason ->
                    (reason.getField("column") == null ? "" : reason.getField("column") + " ")
                        + reason.getField("detail"))
            .collect(Collectors.joining("; "));
  }
}

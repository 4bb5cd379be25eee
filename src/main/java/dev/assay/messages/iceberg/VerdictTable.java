package dev.assay.messages.iceberg;

import dev.assay.model.message.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** Reads a table of verdicts without Spark. */
public final class VerdictTable {
  private final Table table;

  public VerdictTable(Table table) {
    this.table = table;
  }

  /**
   * A text that waits for a decision.
   *
   * @param categories confidences
   * @param text for people to read, personal data masked
   * @param messages that have this text
   */
  public record Pending(
      String contentHash,
      Map<String, Double> categories,
      List<String> reasons,
      String language,
      String text,
      long messages) {}

  /** Whether this is a table of verdicts. */
  public boolean fits() {
    return List.of("content_hash", "decision", "categories", "reasons", "masked_text").stream()
        .allMatch(column -> table.schema().findField(column) != null);
  }

  /** Texts for review, those of most messages first. */
  public List<Pending> pending() {
    return texts(Expressions.equal("decision", Decision.REVIEW.text())).stream()
        .sorted(
            Comparator.comparingLong(Pending::messages)
                .reversed()
                .thenComparing(Pending::contentHash))
        .toList();
  }

  /** Texts whose hash begins like this. */
  public List<Pending> beginning(String hash) {
    return texts(Expressions.startsWith("content_hash", hash));
  }

  /** Every category that a verdict of the table has a confidence for. Reads the whole column. */
  public Set<String> categories() {
    Set<String> categories = new TreeSet<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).select("categories").build()) {
      rows.forEach(
          row ->
              ((Map<?, ?>) row.getField("categories"))
                  .keySet()
                  .forEach(category -> categories.add((String) category)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read verdicts of " + table.name(), e);
    }
    return categories;
  }

  /** A text that is not cleared; personal data in it is masked. */
  public record NotCleared(String decision, List<String> why, String text) {}

  /** Texts of a snapshot that are restricted or for review, each once. */
  public List<NotCleared> notCleared(long snapshot, int most) {
    Map<String, NotCleared> texts = new LinkedHashMap<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot)
            .where(Expressions.notEqual("decision", Decision.COMPLIANT.text()))
            .select("content_hash", "decision", "restricted_by", "reasons", "masked_text")
            .build()) {
      for (Record row : rows) {
        List<String> why = new ArrayList<>();
        ((List<?>) row.getField("restricted_by")).forEach(category -> why.add((String) category));
        ((List<?>) row.getField("reasons")).forEach(reason -> why.add((String) reason));
        texts.putIfAbsent(
            (String) row.getField("content_hash"),
            new NotCleared(
                (String) row.getField("decision"), why, (String) row.getField("masked_text")));
        if (texts.size() == most) {
          break;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read verdicts of " + table.name(), e);
    }
    return new ArrayList<>(texts.values());
  }

  private List<Pending> texts(Expression filter) {
    Map<String, Pending> texts = new LinkedHashMap<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .where(filter)
            .select("content_hash", "categories", "reasons", "language", "masked_text")
            .build()) {
      for (Record row : rows) {
        Pending text = text(row);
        texts.merge(
            text.contentHash(),
            text,
            (one, other) ->
                new Pending(
                    one.contentHash(),
                    one.categories(),
                    one.reasons(),
                    one.language(),
                    one.text(),
                    one.messages() + other.messages()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read verdicts of " + table.name(), e);
    }
    return new ArrayList<>(texts.values());
  }

  private static Pending text(Record row) {
    Map<String, Double> categories = new TreeMap<>();
    ((Map<?, ?>) row.getField("categories"))
        .forEach((category, confidence) -> categories.put((String) category, (Double) confidence));
    TreeSet<String> reasons = new TreeSet<>();
    ((List<?>) row.getField("reasons")).forEach(reason -> reasons.add((String) reason));
    return new Pending(
        (String) row.getField("content_hash"),
        categories,
        List.copyOf(reasons),
        (String) row.getField("language"),
        (String) row.getField("masked_text"),
        1);
  }
}

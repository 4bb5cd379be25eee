package dev.assay.messages;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.assay.messages.text.TextLook;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Searches texts for personal data, each once. After a failure the rest of a task's texts is not
 * searched, and why it ended is in its row: Spark would repeat a task that fails, at a cost.
 */
final class PersonalDataSearch {
  private static final String TEXT = "assay_text";
  private static final StructType FOUND =
      new StructType()
          .add(
              "personal_data",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType, false),
              false)
          .add("masked_text", DataTypes.StringType, false)
          .add("assay_failed", DataTypes.StringType, true)
          .add("assay_failure", DataTypes.StringType, true);

  private PersonalDataSearch() {}

  /** What it costs at most to search texts. */
  static Bill estimate(Dataset<Row> texts, PersonalData personalData) {
    if (!personalData.isPaid()) {
      return Bill.free(0, 0);
    }
    // of a text that is too long only the beginning is searched
    Row size =
        texts
            .agg(
                expr("count(1)"),
                expr("coalesce(sum(least(length(assay_text), %d)), 0)".formatted(TextLook.LONGEST)))
            .first();
    return personalData.estimate(size.getLong(0), size.getLong(1));
  }

  /**
   * Lazily searches {@code assay_text}, and adds what was found to the columns; keep the result,
   * because reading it twice searches twice.
   */
  static Dataset<Row> in(Dataset<Row> texts, PersonalData personalData) {
    StructType schema = texts.schema();
    int place = schema.fieldIndex(TEXT);
    for (StructField field : FOUND.fields()) {
      schema = schema.add(field);
    }
    return texts.mapPartitions(
        (MapPartitionsFunction<Row, Row>) rows -> new Searches(rows, place, searcher(personalData)),
        Encoders.row(schema));
  }

  /**
   * Does nothing if every text was searched; searches now if nobody has read the rows yet.
   *
   * @throws AssayException the first failure, if there is one
   */
  static void check(Dataset<Row> found) {
    List<Row> failed =
        found
            .where(col("assay_failed").isNotNull())
            .select("assay_failed", "assay_failure")
            .limit(1)
            .collectAsList();
    if (!failed.isEmpty()) {
      throw new AssayException(
          ExitKind.valueOf(failed.get(0).getString(0)), failed.get(0).getString(1));
    }
  }

  /** Of this task, until it ends. */
  private static PersonalData.Searcher searcher(PersonalData personalData) {
    TaskContext task = TaskContext.get();
    PersonalData.Searcher searcher = personalData.open(Long.toString(task.taskAttemptId()));
    task.addTaskCompletionListener(
        ended -> {
          searcher.close();
        });
    return searcher;
  }

  /** A task's searches, in the order of its rows. */
  private static final class Searches implements Iterator<Row> {
    private final Iterator<Row> texts;
    private final int place;
    private final PersonalData.Searcher searcher;
    private boolean failed;

    Searches(Iterator<Row> texts, int place, PersonalData.Searcher searcher) {
      this.texts = texts;
      this.place = place;
      this.searcher = searcher;
    }

    @Override
    public boolean hasNext() {
      return texts.hasNext();
    }

    @Override
    public Row next() {
      Row text = texts.next();
      if (failed) {
        return row(text, List.of(), "", null);
      }
      String shortened = shortened(text.getString(place));
      try {
        List<PersonalData.Finding> findings = searcher.in(shortened);
        return row(text, findings, PersonalData.masked(shortened, findings), null);
      } catch (AssayException e) {
        failed = true;
        return row(text, List.of(), "", e);
      }
    }

    private static Row row(
        Row text,
        List<PersonalData.Finding> findings,
        String masked,
        @Nullable AssayException failure) {
      Object[] values = new Object[text.size() + FOUND.size()];
      int next = 0;
      while (next < text.size()) {
        values[next] = text.get(next);
        next++;
      }
      values[next++] = JavaConverters.mapAsScalaMap(new HashMap<>(PersonalData.counts(findings)));
      values[next++] = masked;
      values[next++] = failure == null ? null : failure.kind().name();
      values[next] = failure == null ? null : String.valueOf(failure.getMessage());
      return RowFactory.create(values);
    }

    private static String shortened(String text) {
      if (text.length() <= TextLook.LONGEST) {
        return text;
      }
      int most = Math.min(TextLook.LONGEST, text.codePointCount(0, text.length()));
      return text.substring(0, text.offsetByCodePoints(0, most));
    }
  }
}

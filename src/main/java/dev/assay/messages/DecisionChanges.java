package dev.assay.messages;

import static org.apache.spark.sql.functions.col;

import dev.assay.model.message.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.collection.JavaConverters;

/**
 * What another model decides otherwise about the same messages.
 *
 * @param decisions how many messages went from which decision to which; also those that stayed
 * @param categories restricted for a category by one model and not by the other
 * @param unjudged messages that have no published verdict yet
 * @param gone published verdicts whose message is not in the input any more
 */
public record DecisionChanges(
    List<Moved> decisions, Map<String, Category> categories, long unjudged, long gone) {
  /** Messages with one decision before and one now. */
  public record Moved(Decision before, Decision now, long messages) {
    /** Whether the models differ. */
    public boolean changed() {
      return before != now;
    }
  }

  /**
   * Messages restricted for a category.
   *
   * @param added by the other model only
   * @param dropped by the published verdicts only
   */
  public record Category(long added, long dropped) {
    private Category plus(Category other) {
      return new Category(added + other.added, dropped + other.dropped);
    }
  }

  public DecisionChanges {
    decisions = List.copyOf(decisions);
    categories = java.util.Collections.unmodifiableMap(new TreeMap<>(categories));
  }

  /** Messages that both have judged. */
  public long compared() {
    return decisions.stream().mapToLong(Moved::messages).sum();
  }

  /** Messages about which they differ. */
  public long changed() {
    return decisions.stream().filter(Moved::changed).mapToLong(Moved::messages).sum();
  }

  /**
   * Compares verdicts by the keys of their messages.
   *
   * @param published rows of a table of verdicts
   * @param other verdicts by another model
   * @param key that tells messages apart
   */
  public static DecisionChanges between(
      Dataset<Row> published, Dataset<Row> other, List<String> key) {
    Dataset<Row> both =
        side(published, key, "before")
            .join(side(other, key, "now"), JavaConverters.asScalaBuffer(key).toSeq(), "full_outer")
            .select("before", "before_by", "now", "now_by")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Moved> moved = new ArrayList<>();
      long unjudged = 0;
      long gone = 0;
      for (Row row :
          both.groupBy("before", "now").count().orderBy("before", "now").collectAsList()) {
        if (row.isNullAt(0)) {
          unjudged += row.getLong(2);
        } else if (row.isNullAt(1)) {
          gone += row.getLong(2);
        } else {
          moved.add(
              new Moved(
                  Decision.of(row.getString(0)), Decision.of(row.getString(1)), row.getLong(2)));
        }
      }
      Map<String, Category> categories = new TreeMap<>();
      Dataset<Row> judged = both.where("before IS NOT NULL AND now IS NOT NULL");
      count(judged, "array_except(now_by, before_by)")
          .forEach((name, rows) -> add(categories, name, new Category(rows, 0)));
      count(judged, "array_except(before_by, now_by)")
          .forEach((name, rows) -> add(categories, name, new Category(0, rows)));
      return new DecisionChanges(moved, categories, unjudged, gone);
    } finally {
      both.unpersist(false);
    }
  }

  private static Dataset<Row> side(Dataset<Row> verdicts, List<String> key, String name) {
    List<org.apache.spark.sql.Column> columns = new ArrayList<>();
    key.forEach(column -> columns.add(col("`" + column + "`")));
    columns.add(col("decision").as(name));
    columns.add(col("restricted_by").as(name + "_by"));
    return verdicts.select(columns.toArray(org.apache.spark.sql.Column[]::new));
  }

  private static Map<String, Long> count(Dataset<Row> rows, String categories) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row :
        rows.selectExpr("explode(" + categories + ") AS c").groupBy("c").count().collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    return counts;
  }

  private static void add(Map<String, Category> categories, String name, Category more) {
    categories.merge(name, more, Category::plus);
  }
}

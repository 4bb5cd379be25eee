package dev.assay.messages.comprehend;

import dev.assay.messages.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Questions and answers of tests. */
final class Texts {
  private Texts() {}

  /** Texts of 100 characters, numbered. */
  static Dataset<Row> questions(SparkSession spark, int count, String begin) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String text = "%s %05d ".formatted(begin, i);
      texts.put("hash-%s-%05d".formatted(begin, i), text + "x".repeat(100 - text.length()));
    }
    return questions(spark, texts);
  }

  static Dataset<Row> questions(SparkSession spark, Map<String, String> texts) {
    List<Row> rows = new ArrayList<>();
    texts.forEach((hash, text) -> rows.add(RowFactory.create(hash, text)));
    return spark.createDataFrame(rows, Classifier.QUESTIONS).repartition(3);
  }

  /** Everything but the words of each answer, by hash. */
  static Map<String, String> read(Dataset<Row> answers) {
    Map<String, String> read = new TreeMap<>();
    for (Row row : answers.collectAsList()) {
      String before =
          read.put(
              row.getAs("content_hash"),
              "%s%s%s"
                  .formatted(
                      new TreeMap<>(row.getJavaMap(row.fieldIndex("categories"))),
                      (Boolean) row.getAs("truncated") ? " truncated" : "",
                      row.getAs("refused") == null ? "" : " " + row.getAs("refused")));
      if (before != null) {
        throw new AssertionError("two answers for " + row.getAs("content_hash"));
      }
    }
    return read;
  }
}

package dev.assay.messages.comprehend;

import dev.assay.messages.Classifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The answers in a journal, as Spark reads them. */
final class JournalledAnswers {
  private static final StructType HASH_AND_FILE =
      new StructType().add("content_hash", DataTypes.StringType).add("file", DataTypes.StringType);

  private final SparkSession spark;
  private final Journal journal;
  private final String by;

  /**
   * @param by who answered
   */
  JournalledAnswers(SparkSession spark, Journal journal, String by) {
    this.spark = spark;
    this.journal = journal;
    this.by = by;
  }

  /** All of them, a row for each text. */
  Dataset<Row> all() {
    Journal from = journal;
    String answeredBy = by;
    JavaRDD<Row> rows =
        distributed(journal.files())
            .flatMap(file -> from.read(file).iterator())
            .map(answer -> answer.row(answeredBy));
    return spark.createDataFrame(rows, Classifier.ANSWERS).dropDuplicates("content_hash");
  }

  /** The files with no answer to another question: others stay for another run. */
  List<String> filesAboutOnly(Dataset<Row> asked) {
    List<String> files = new ArrayList<>(journal.files());
    Journal from = journal;
    JavaRDD<Row> hashes =
        distributed(files)
            .flatMap(
                file ->
                    from.read(file).stream()
                        .map(answer -> RowFactory.create(answer.hash(), file))
                        .iterator());
    files.removeAll(
        spark
            .createDataFrame(hashes, HASH_AND_FILE)
            .join(
                asked.select("content_hash"),
                scala.collection.JavaConverters.asScalaBuffer(List.of("content_hash")).toSeq(),
                "left_anti")
            .select("file")
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
    return files;
  }

  private JavaRDD<String> distributed(List<String> files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return context.parallelize(
        files, Math.max(1, Math.min(files.size(), context.defaultParallelism())));
  }
}

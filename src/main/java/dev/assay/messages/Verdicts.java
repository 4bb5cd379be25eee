package dev.assay.messages;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.assay.model.job.Classify;
import dev.assay.model.message.ReviewReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Gives every message its verdict. Texts are looked at once each, however many messages have them;
 * of those only the ones without an answer by this model are classified, and their answers are kept
 * before anything is made of them. Close it when the verdicts are written.
 */
public final class Verdicts implements AutoCloseable {
  private static final StructType LOOKED =
      new StructType()
          .add("assay_text", DataTypes.StringType, false)
          .add("content_hash", DataTypes.StringType, false)
          .add("assay_normal", DataTypes.StringType, false)
          .add("assay_classified", DataTypes.BooleanType, false)
          .add("assay_doubts", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("language", DataTypes.StringType, false)
          .add(
              "personal_data",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType, false),
              false)
          .add("masked_text", DataTypes.StringType, false);

  private final SparkSession spark;
  private final Classify how;
  private final ClassifierSource.Opened opened;
  private final Tools tools;
  private final List<Dataset<Row>> kept = new ArrayList<>();

  /**
   * What verdicts need besides a classifier.
   *
   * @param agreed hears the bill before anything is paid; throws to stop there
   */
  public record Tools(
      Languages languages,
      PersonalData personalData,
      Answers answers,
      Reviews reviews,
      Consumer<Bill> agreed) {}

  public Verdicts(SparkSession spark, Classify how, ClassifierSource.Opened opened, Tools tools) {
    this.spark = spark;
    this.how = how;
    this.opened = opened;
    this.tools = tools;
  }

  /**
   * What came of it.
   *
   * @param rows a row per message: its key, what is kept of it, and its verdict
   * @param asked distinct texts that were classified now
   * @param known distinct texts that had an answer already
   */
  public record Given(Dataset<Row> rows, long asked, long known, Bill spent) {}

  /**
   * Classifies what has to be, and lazily gives verdicts.
   *
   * @param messages with the job's key, text and kept columns
   * @param askedBy the job, for the answers
   */
  public Given of(Dataset<Row> messages, String askedBy, Instant now) {
    Dataset<Row> texts =
        messages.select(expr("coalesce(CAST(`%s` AS STRING), '')".formatted(how.text())).as("t"));
    Dataset<Row> looked = keep(looked(texts.distinct()));
    ModelVersion model = opened.classifier().model();
    Dataset<Row> classified =
        looked.where(col("assay_classified")).select("content_hash", "assay_normal");
    Dataset<Row> distinct = classified.dropDuplicates("content_hash");
    Dataset<Row> questions =
        keep(
            distinct
                .join(
                    tools.answers().of(model).select("content_hash").distinct(),
                    scala.collection.JavaConverters.asScalaBuffer(List.of("content_hash")).toSeq(),
                    "left_anti")
                .withColumnRenamed("assay_normal", "text"));
    Row size = questions.agg(expr("count(1)"), expr("coalesce(sum(length(text)), 0)")).first();
    long asked = size.getLong(0);
    long known = distinct.count() - asked;
    tools.agreed().accept(opened.classifier().estimate(asked, size.getLong(1)));
    if (asked > 0) {
      long answered =
          tools.answers().keep(model, opened.classifier().classify(questions), askedBy, now);
      if (answered != asked) {
        throw new IllegalStateException(
            "%s was asked about %d texts and gave %d answers".formatted(model, asked, answered));
      }
      opened.classifier().settled();
    }
    return new Given(verdicts(messages, looked, model), asked, known, opened.classifier().spent());
  }

  private Dataset<Row> looked(Dataset<Row> texts) {
    Languages languages = tools.languages();
    PersonalData personal = tools.personalData();
    List<String> allowed = new ArrayList<>(how.languages());
    return spark.createDataFrame(
        texts
            .toJavaRDD()
            .mapPartitions(
                rows -> {
                  Examined.Examiner examiner = new Examined.Examiner(languages, personal, allowed);
                  return mapped(rows, row -> row(row.getString(0), examiner));
                }),
        LOOKED);
  }

  private static Iterator<Row> mapped(Iterator<Row> rows, MapFunction<Row, Row> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        try {
          return function.call(rows.next());
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException("a text could not be looked at", e);
        }
      }
    };
  }

  private static Row row(String text, Examined.Examiner examiner) {
    Examined examined = examiner.examine(text);
    return RowFactory.create(
        text,
        examined.normal().hash(),
        examined.normal().value(),
        examined.unclassified().isEmpty(),
        examined.doubts().stream().map(ReviewReason::name).toArray(String[]::new),
        examined.language(),
        scala.collection.JavaConverters.mapAsScalaMap(new HashMap<>(examined.personalData())),
        examined.masked());
  }

  private Dataset<Row> verdicts(Dataset<Row> messages, Dataset<Row> looked, ModelVersion model) {
    Dataset<Row> answers = tools.answers().of(model).dropDuplicates("content_hash");
    Column ruling =
        udf(ruling(), Ruled.TYPE)
            .apply(
                col("content_hash"),
                col("assay_doubts"),
                expr("coalesce(categories, CAST(map() AS MAP<STRING, DOUBLE>))"),
                col("refused"),
                expr("coalesce(truncated, false)"));
    List<Column> columns = new ArrayList<>();
    how.key().forEach(name -> columns.add(col("`" + name + "`")));
    how.keep().forEach(name -> columns.add(col("`" + name + "`")));
    for (String name :
        List.of(
            "content_hash",
            "ruling.decision",
            "ruling.restricted_by",
            "ruling.reasons",
            "ruling.reviewed_by")) {
      columns.add(col(name));
    }
    columns.add(expr("coalesce(categories, CAST(map() AS MAP<STRING, DOUBLE>))").as("categories"));
    columns.add(expr("coalesce(words, CAST(array() AS ARRAY<STRING>))").as("words"));
    columns.add(col("language"));
    columns.add(lit(model.name()).as("model"));
    columns.add(lit(model.version()).as("model_version"));
    columns.add(col("answered_by"));
    columns.add(expr("coalesce(truncated, false)").as("truncated"));
    columns.add(col("personal_data"));
    columns.add(col("masked_text"));
    return messages
        .withColumn("assay_text", expr("coalesce(CAST(`%s` AS STRING), '')".formatted(how.text())))
        .join(looked, "assay_text")
        .join(
            answers,
            scala.collection.JavaConverters.asScalaBuffer(List.of("content_hash")).toSeq(),
            "left")
        .withColumn("ruling", ruling)
        .select(columns.toArray(Column[]::new));
  }

  private UDF5<
          String,
          scala.collection.Seq<String>,
          scala.collection.Map<String, Double>,
          String,
          Boolean,
          Row>
      ruling() {
    Ruled ruled = new Ruled(how.over(opened.thresholds()), new HashMap<>(tools.reviews().newest()));
    return (hash, doubts, categories, refused, truncated) ->
        ruled.about(
            hash,
            scala.collection.JavaConverters.seqAsJavaList(doubts),
            scala.collection.JavaConverters.mapAsJavaMap(categories),
            refused,
            truncated);
  }

  private Dataset<Row> keep(Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(persisted);
    return persisted;
  }

  /** How often each type of personal data stands in the messages of verdicts. */
  public static Map<String, Long> personalData(Dataset<Row> verdicts) {
    Map<String, Long> counts = new HashMap<>();
    for (Row row :
        verdicts
            .selectExpr("explode(personal_data) AS (type, found)")
            .groupBy("type")
            .sum("found")
            .collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    return counts;
  }

  @Override
  public void close() {
    kept.forEach(dataset -> dataset.unpersist(false));
  }
}

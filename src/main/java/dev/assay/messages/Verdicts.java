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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Gives every message its verdict. Texts are looked at once each, however many messages have them;
 * of those only the ones without an answer by this model are classified, and their answers are kept
 * before anything is made of them. Close it when the verdicts are written.
 */
public final class Verdicts implements AutoCloseable {
  /** What a verdict has beside the key and what is kept of its message. */
  public static final List<String> COLUMNS =
      List.of(
          "content_hash",
          "decision",
          "restricted_by",
          "reasons",
          "reviewed_by",
          "categories",
          "words",
          "language",
          "model",
          "model_version",
          "answered_by",
          "truncated",
          "personal_data",
          "masked_text");

  private static final Seq<String> BY_HASH =
      JavaConverters.asScalaBuffer(List.of("content_hash")).toSeq();
  private static final StructType LOOKED =
      new StructType()
          .add("assay_text", DataTypes.StringType, false)
          .add("content_hash", DataTypes.StringType, false)
          .add("assay_normal", DataTypes.StringType, false)
          .add("assay_classified", DataTypes.BooleanType, false)
          .add("assay_doubts", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("language", DataTypes.StringType, false);

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

  public Verdicts(Classify how, ClassifierSource.Opened opened, Tools tools) {
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
   * Classifies what has to be, and lazily gives verdicts. The classifier still has its own copies
   * of the answers; {@link Classifier#settled} is the caller's, once the costs are recorded.
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
        keep(withoutAnswer(distinct, model).withColumnRenamed("assay_normal", "text"));
    Row size = questions.agg(expr("count(1)"), expr("coalesce(sum(length(text)), 0)")).first();
    long asked = size.getLong(0);
    long known = distinct.count() - asked;
    tools
        .agreed()
        .accept(
            opened
                .classifier()
                .estimate(asked, size.getLong(1))
                .plus(PersonalDataSearch.estimate(looked, tools.personalData())));
    if (asked > 0) {
      tools.answers().keep(model, opened.classifier().classify(questions), askedBy, now);
      long open = withoutAnswer(questions, model).count();
      if (open > 0) {
        throw new IllegalStateException(
            "%s was asked about %d texts and gave no answer to %d".formatted(model, asked, open));
      }
    }
    Dataset<Row> found = found(looked);
    return new Given(
        keep(verdicts(messages, found, model)), asked, known, opened.classifier().spent());
  }

  private Dataset<Row> found(Dataset<Row> looked) {
    Dataset<Row> found = PersonalDataSearch.in(looked, tools.personalData());
    if (tools.personalData().isPaid()) {
      // now and kept, so that each text is paid for once
      keep(found);
      PersonalDataSearch.check(found);
    }
    return found;
  }

  private Dataset<Row> withoutAnswer(Dataset<Row> texts, ModelVersion model) {
    return texts.join(
        tools.answers().of(model).select("content_hash").distinct(), BY_HASH, "left_anti");
  }

  private Dataset<Row> looked(Dataset<Row> texts) {
    Examined.Examiner examiner =
        new Examined.Examiner(tools.languages(), new ArrayList<>(how.languages()));
    return texts.map(
        (MapFunction<Row, Row>) row -> row(row.getString(0), examiner), Encoders.row(LOOKED));
  }

  private static Row row(String text, Examined.Examiner examiner) {
    Examined examined = examiner.examine(text);
    return RowFactory.create(
        text,
        examined.normal().hash(),
        examined.normal().value(),
        examined.unclassified().isEmpty(),
        examined.doubts().stream().map(ReviewReason::name).toArray(String[]::new),
        examined.language());
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
    how.keep().stream()
        .filter(name -> !how.key().contains(name))
        .forEach(name -> columns.add(col("`" + name + "`")));
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
    return named(messages)
        .join(looked, "assay_text")
        .join(answers, BY_HASH, "left")
        .withColumn("ruling", ruling)
        .select(columns.toArray(Column[]::new));
  }

  /** Only what verdicts repeat: other columns may be called like one of theirs. */
  private Dataset<Row> named(Dataset<Row> messages) {
    List<Column> columns = new ArrayList<>();
    how.key().forEach(name -> columns.add(col("`" + name + "`")));
    how.keep().stream()
        .filter(name -> !how.key().contains(name))
        .forEach(name -> columns.add(col("`" + name + "`")));
    columns.add(expr("coalesce(CAST(`%s` AS STRING), '')".formatted(how.text())).as("assay_text"));
    return messages.select(columns.toArray(Column[]::new));
  }

  private UDF5<String, Seq<String>, scala.collection.Map<String, Double>, String, Boolean, Row>
      ruling() {
    Ruled ruled = new Ruled(how.over(opened.thresholds()), new HashMap<>(tools.reviews().newest()));
    return (hash, doubts, categories, refused, truncated) ->
        ruled.about(
            hash,
            JavaConverters.seqAsJavaList(doubts),
            JavaConverters.mapAsJavaMap(categories),
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

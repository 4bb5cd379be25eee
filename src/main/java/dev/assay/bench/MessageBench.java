package dev.assay.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.assay.messages.ClassifierSource;
import dev.assay.messages.Languages;
import dev.assay.messages.PersonalData;
import dev.assay.messages.Reviews;
import dev.assay.messages.Verdicts;
import dev.assay.messages.local.LocalClassifier;
import dev.assay.messages.text.NormalText;
import dev.assay.messages.text.TextLook;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Classify;
import dev.assay.model.message.Confidences;
import dev.assay.model.message.Decision;
import dev.assay.model.message.ReviewReason;
import dev.assay.model.message.Ruling;
import dev.assay.model.message.Thresholds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;

/** Messages: what one core does in a second, and who is asked when texts repeat. */
final class MessageBench {
  private static final String DECIDE = "text in, decision out, one core";
  private static final String LANGUAGE = "language, one core";
  private static final String PERSONAL = "personal data, one core";
  private static final String VERDICTS = "verdicts of all messages, one text in five new";
  private static final int TEXTS = 20_000;
  private static final int LEAST_A_SECOND = 20_000;
  private static final int SAME = 5;

  private final Setting setting;
  private final ClassifierSource source;
  private final Languages languages;
  private final Classify how;
  private final BenchMessages messages = new BenchMessages();

  /**
   * @param model name of a trained model
   */
  MessageBench(Setting setting, ClassifierSource source, Languages languages, String model) {
    this.setting = setting;
    this.source = source;
    this.languages = languages;
    this.how =
        new Classify(
            List.of("id"),
            "text",
            List.of(),
            model,
            Classify.By.LOCAL,
            Map.of(),
            Thresholds.USUAL_MARGIN,
            List.of("en"),
            Classify.Detector.LOCAL,
            "US",
            Optional.empty());
  }

  List<Line> run() {
    ClassifierSource.Opened opened = source.open("bench", how);
    if (!(opened.classifier() instanceof LocalClassifier local)) {
      throw new AssayException(
          ExitKind.WRONG_FILES, "Model %s is not one of this machine.".formatted(how.model()));
    }
    Thresholds thresholds = how.over(opened.thresholds());
    PersonalData personal = source.personalData("bench", how);
    List<String> texts = new ArrayList<>();
    for (int number = 0; number < TEXTS; number++) {
      texts.add(messages.text(number));
    }
    long all = Math.min(setting.rows(), 1_000_000);
    LongAccumulator asked = setting.spark().sparkContext().longAccumulator("asked");
    Standings standings =
        new Contest()
            .way(DECIDE, () -> decided(texts, local, thresholds))
            .way(LANGUAGE, () -> guessed(texts))
            .way(PERSONAL, () -> found(texts, personal))
            .way(VERDICTS, asked::reset, () -> verdicts(all, opened, asked))
            .run(setting);
    long distinct = all / SAME;
    return new Report(standings)
        .line(
            DECIDE,
            aSecond(standings, DECIDE),
            Target.of(
                ">= %,d a second".formatted(LEAST_A_SECOND),
                TEXTS / standings.lap(DECIDE).seconds() >= LEAST_A_SECOND))
        .line(LANGUAGE, aSecond(standings, LANGUAGE), Target.NONE)
        .line(PERSONAL, aSecond(standings, PERSONAL), Target.NONE)
        .line(VERDICTS, "%,d messages".formatted(all), Target.NONE)
        .note(
            "texts classified of them",
            "%,d".formatted(asked.value()),
            Target.of("%,d".formatted(distinct), asked.value() == distinct))
        .lines();
  }

  private static String aSecond(Standings standings, String way) {
    return "%,.0f a second, %.0f µs each"
        .formatted(
            TEXTS / standings.lap(way).seconds(), standings.lap(way).seconds() / TEXTS * 1e6);
  }

  private static Map<String, Boolean> decided(
      List<String> texts, LocalClassifier classifier, Thresholds thresholds) {
    Map<Decision, Integer> decisions = new TreeMap<>();
    for (String text : texts) {
      NormalText normal = NormalText.of(text);
      Set<ReviewReason> doubts = EnumSet.noneOf(ReviewReason.class);
      TextLook.of(text, normal).ifPresent(doubts::add);
      Row answer = classifier.answer(normal.hash(), normal.value());
      Optional.ofNullable(answer.<String>getAs(REFUSED))
          .ifPresent(why -> doubts.add(ReviewReason.valueOf(why)));
      Map<String, Double> confidences = answer.getJavaMap(CATEGORIES);
      decisions.merge(
          Ruling.of(new Confidences(confidences), thresholds, doubts).decision(), 1, Integer::sum);
    }
    // both must come up, or the texts would measure half of the work
    return Map.of(
        "compliant", decisions.containsKey(Decision.COMPLIANT),
        "restricted", decisions.containsKey(Decision.RESTRICTED));
  }

  private static final int CATEGORIES = 1;
  private static final int REFUSED = 4;

  private Map<String, Boolean> guessed(List<String> texts) {
    int english = 0;
    for (String text : texts) {
      english += languages.of(text, how.languages()).code().equals("en") ? 1 : 0;
    }
    return Map.of("mostly English", english > texts.size() / 2);
  }

  private static Map<String, Boolean> found(List<String> texts, PersonalData personal) {
    int findings = 0;
    for (String text : texts) {
      findings += personal.in(text).size();
    }
    return Map.of("none planted", findings == 0);
  }

  private Map<String, Boolean> verdicts(
      long all, ClassifierSource.Opened opened, LongAccumulator asked) {
    Dataset<Row> rows =
        setting.spark().range(all).withColumn("text", text(all / SAME).apply(col("id")));
    try (AnswersInMemory answers = new AnswersInMemory(setting.spark());
        Verdicts verdicts =
            new Verdicts(
                how,
                new ClassifierSource.Opened(
                    new CountingClassifier(opened.classifier(), asked), opened.thresholds()),
                new Verdicts.Tools(
                    languages,
                    source.personalData("bench", how),
                    answers,
                    NO_REVIEWS,
                    bill -> {}))) {
      long given = verdicts.of(rows, "bench", Instant.EPOCH).rows().count();
      return Map.of("a verdict for every message", given == all);
    }
  }

  private org.apache.spark.sql.expressions.UserDefinedFunction text(long distinct) {
    return udf(
        (UDF1<Long, String>) number -> LazyMessages.MESSAGES.text(number % distinct),
        DataTypes.StringType);
  }

  /** Of each process that makes texts. */
  private static final class LazyMessages {
    static final BenchMessages MESSAGES = new BenchMessages();
  }

  private static final Reviews NO_REVIEWS =
      new Reviews() {
        @Override
        public void keep(List<Review> reviews) {
          throw new UnsupportedOperationException("nobody reviews a measurement");
        }

        @Override
        public Map<String, Review> newest() {
          return Map.of();
        }

        @Override
        public String state() {
          return "";
        }
      };
}

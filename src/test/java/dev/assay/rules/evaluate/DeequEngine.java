package dev.assay.rules.evaluate;

import com.amazon.deequ.dqdl.EvaluateDataQuality;
import dev.assay.model.RuleOutcome.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Predef;
import scala.Tuple2;
import scala.collection.JavaConverters;
import software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException;
import software.amazon.glue.dqdl.parser.DQDLParser;

/** Deequ's DQDL engine, with its own parser. It works with ANSI mode off only. */
final class DeequEngine {
  /** What it says of a rule. */
  record Answer(Verdict verdict, Map<String, Double> metrics, String message) {
    /** The number behind the verdict, if it says just one. */
    Optional<Double> number() {
      // ColumnValues and ColumnLength are often decided by bounds
      return metrics.size() == 1
          ? metrics.entrySet().stream()
              .filter(metric -> !metric.getKey().matches(".*\\.(Min|Max)imum(Length)?"))
              .map(Map.Entry::getValue)
              .findFirst()
          : Optional.empty();
    }

    @Override
    public String toString() {
      return verdict + " " + metrics + " " + message;
    }
  }

  private static final String ANSI = "spark.sql.ansi.enabled";

  private final Dataset<Row> rows;
  private final Dataset<Row> reference;

  DeequEngine(Dataset<Row> rows, Dataset<Row> reference) {
    this.rows = rows;
    this.reference = reference;
  }

  /** The rule as its parser writes it; empty if the parser rejects it. */
  static Optional<String> parsed(String rule) {
    try {
      return Optional.of(
          new DQDLParser().parse("Rules = [ %s ]".formatted(rule)).getRules().get(0).toString());
    } catch (InvalidDataQualityRulesetException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Answers to those rules that it can parse, by their text. */
  Map<String, Answer> answers(List<String> rules) {
    Map<String, String> written = new LinkedHashMap<>();
    rules.forEach(rule -> parsed(rule).ifPresent(text -> written.putIfAbsent(text, rule)));
    // custom SQL reads a view of this name, which Deequ does not make
    rows.createOrReplaceTempView("primary");
    SparkSession session = rows.sparkSession();
    SparkSession before = SparkSession.active();
    // expressions take the mode of the session that is active while they are made
    SparkSession.setActiveSession(session);
    session.conf().set(ANSI, "false");
    SmallData.dontGenerateCode(session);
    try {
      Map<String, Answer> answers = new HashMap<>();
      askAgain(written, ask(new ArrayList<>(written.values())))
          .forEach((text, answer) -> answers.put(written.get(text), answer));
      return answers;
    } finally {
      session.conf().set(ANSI, "true");
      SmallData.generateCode(session);
      SparkSession.setActiveSession(before);
    }
  }

  /** An error in one rule fails all rules of the same pass: these are asked again, alone. */
  private Map<String, Answer> askAgain(Map<String, String> written, Map<String, Answer> first) {
    Map<String, Answer> answers = new HashMap<>(first);
    answers.keySet().retainAll(written.keySet());
    answers.replaceAll(
        (text, answer) ->
            answer.message().contains("Exception")
                ? ask(List.of(Objects.requireNonNull(written.get(text)))).getOrDefault(text, answer)
                : answer);
    return answers;
  }

  /** A rule that breaks the evaluation of all is found by halving. */
  private Map<String, Answer> ask(List<String> rules) {
    Map<String, Answer> answers = new HashMap<>();
    try {
      for (Row row :
          EvaluateDataQuality.process(
                  rows, "Rules = [ " + String.join(", ", rules) + " ]", references())
              .collectAsList()) {
        answers.put(row.getString(row.fieldIndex("Rule")), answer(row));
      }
    } catch (Exception | StackOverflowError e) {
      if (rules.size() == 1) {
        String text = parsed(rules.get(0)).orElseThrow();
        answers.put(
            text,
            new Answer(
                Verdict.UNANSWERED,
                Map.of(),
                String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      } else {
        answers.putAll(ask(rules.subList(0, rules.size() / 2)));
        answers.putAll(ask(rules.subList(rules.size() / 2, rules.size())));
      }
    }
    return answers;
  }

  private scala.collection.immutable.Map<String, Dataset<Row>> references() {
    return JavaConverters.mapAsScalaMap(Map.of("reference", reference))
        .toMap(Predef.<Tuple2<String, Dataset<Row>>>$conforms());
  }

  private static Answer answer(Row row) {
    Map<String, Double> metrics = row.getJavaMap(row.fieldIndex("EvaluatedMetrics"));
    String message = row.getString(row.fieldIndex("FailureReason"));
    return new Answer(
        row.getString(row.fieldIndex("Outcome")).equals("Passed") ? Verdict.PASSED : Verdict.FAILED,
        metrics == null ? Map.of() : metrics,
        message == null ? "" : message.lines().findFirst().orElse(""));
  }
}

package dev.assay.publishing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A score as DataZone's data quality form has it. Rules without an answer are neither passed nor
 * failed: they are named in the first description, with the coverage. What does not fit is counted
 * there too; the worst rules are told first.
 */
final class QualityResult {
  /** Characters that the content of a form may have, by the service's model. */
  static final int LONGEST = 500_000;

  /** Names of rules without an answer that are told one by one. */
  private static final int SHOWN = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunRecord run;
  private final List<RuleOutcome> outcomes;
  private final int most;

  private QualityResult(RunRecord run, List<RuleOutcome> outcomes, int most) {
    this.run = run;
    this.outcomes = outcomes;
    this.most = most;
  }

  /**
   * The content of the form of a scored run, at most {@value #LONGEST} characters.
   *
   * @param most evaluations that are told one by one
   */
  static String json(RunRecord run, List<RuleOutcome> outcomes, int most) {
    return new QualityResult(run, outcomes, most).json();
  }

  private String json() {
    List<RuleOutcome> answered =
        outcomes.stream()
            .filter(outcome -> !outcome.shadow() && !outcome.unanswered())
            .sorted(
                Comparator.comparing(RuleOutcome::passed)
                    .thenComparing(Score::weightOf, Comparator.reverseOrder())
                    .thenComparing(RuleOutcome::ordinal))
            .toList();
    int told = Math.min(most, answered.size());
    String text = text(answered, told);
    while (text.length() > LONGEST) {
      // about as many as fit, and fewer until they do
      told = Math.min(told - 1, (int) ((long) told * LONGEST / text.length()));
      text = text(answered, told);
    }
    return text;
  }

  private String text(List<RuleOutcome> answered, int told) {
    ObjectNode root = JSON.createObjectNode();
    root.put("evaluationsCount", answered.size());
    root.put("passingPercentage", run.score().value().orElseThrow());
    ArrayNode evaluations = root.putArray("evaluations");
    for (int place = 0; place < told; place++) {
      ObjectNode evaluation = evaluations.addObject();
      describe(answered.get(place), evaluation);
      if (place == 0) {
        evaluation.put("description", answered.get(0).rule() + remarks(answered.size() - told));
      }
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }

  private static void describe(RuleOutcome outcome, ObjectNode evaluation) {
    evaluation.put("description", outcome.rule());
    evaluation.putArray("types").add(outcome.type());
    ArrayNode fields = evaluation.putArray("applicableFields");
    outcome.columns().forEach(fields::add);
    evaluation.put("status", outcome.passed() ? "PASS" : "FAIL");
    ObjectNode details = evaluation.putObject("details");
    if (!outcome.message().isEmpty()) {
      details.put("EVALUATION_MESSAGE", outcome.message());
    }
  }

  private String remarks(int untold) {
    List<String> remarks = new ArrayList<>();
    List<String> unanswered =
        outcomes.stream()
            .filter(outcome -> !outcome.shadow() && outcome.unanswered())
            .map(RuleOutcome::rule)
            .toList();
    if (!unanswered.isEmpty()) {
      remarks.add(
          "coverage %s %%, without an answer: %s%s"
              .formatted(
                  run.score().coverage().stripTrailingZeros().toPlainString(),
                  unanswered.stream().limit(SHOWN).collect(Collectors.joining("; ")),
                  unanswered.size() > SHOWN
                      ? " and %d more".formatted(unanswered.size() - SHOWN)
                      : ""));
    }
    if (untold > 0) {
      remarks.add("%d more rules are not told one by one".formatted(untold));
    }
    return remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")";
  }
}

package dev.assay.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.model.UnansweredReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityResultTest {
  private static final RunRecord RUN =
      SomeRuns.run(new TableName("prepared", "trips"), "r", RunState.PUBLISHED, 0);

  @Test
  void tellsTheScoreToTheLastDigitAndTheWorstFirst() throws Exception {
    JsonNode result =
        read(
            QualityResult.json(
                RUN,
                List.of(
                    outcome(1, "RowCount > 0", Verdict.PASSED, Map.of()),
                    outcome(2, "IsComplete \"km\"", Verdict.FAILED, Map.of()),
                    outcome(3, "IsUnique \"id\"", Verdict.FAILED, Map.of("weight", "3")),
                    outcome(4, "Mean \"km\" > 1", Verdict.FAILED, Map.of("shadow", "true")),
                    outcome(5, "Odd \"x\"", Verdict.UNANSWERED, Map.of())),
                10));

    assertThat(result.get("passingPercentage").decimalValue()).isEqualByComparingTo("98.765432");
    assertThat(result.get("evaluationsCount").intValue()).isEqualTo(3);
    assertThat(result.get("evaluations").findValuesAsText("description"))
        .containsExactly(
            "IsUnique \"id\" (coverage 75 %, without an answer: Odd \"x\")",
            "IsComplete \"km\"", "RowCount > 0");
    assertThat(result.get("evaluations").findValuesAsText("status"))
        .containsExactly("FAIL", "FAIL", "PASS");
    assertThat(result.at("/evaluations/0/details/EVALUATION_MESSAGE").textValue())
        .isEqualTo("It is not.");
    assertThat(result.at("/evaluations/0/applicableFields/0").textValue()).isEqualTo("km");
    assertThat(result.at("/evaluations/0/types/0").textValue()).isEqualTo("Some");
  }

  @Test
  void saysHowManyRulesAreNotToldOneByOne() throws Exception {
    List<RuleOutcome> outcomes = new ArrayList<>();
    IntStream.rangeClosed(1, 5)
        .forEach(n -> outcomes.add(outcome(n, "Rule " + n, Verdict.PASSED, Map.of())));

    JsonNode result = read(QualityResult.json(RUN, outcomes, 2));

    assertThat(result.get("evaluationsCount").intValue()).isEqualTo(5);
    assertThat(result.get("evaluations").findValuesAsText("description"))
        .containsExactly("Rule 1 (3 more rules are not told one by one)", "Rule 2");
  }

  @Test
  void staysWithinWhatTheServiceTakes() throws Exception {
    List<RuleOutcome> outcomes = new ArrayList<>();
    IntStream.rangeClosed(1, 2_000)
        .forEach(
            n ->
                outcomes.add(outcome(n, "Rule " + n + " é".repeat(300), Verdict.FAILED, Map.of())));

    String text = QualityResult.json(RUN, outcomes, 2_000);

    assertThat(text.length()).isBetween(400_000, QualityResult.LONGEST);
    JsonNode result = read(text);
    int told = result.get("evaluations").size();
    assertThat(result.get("evaluationsCount").intValue()).isEqualTo(2_000);
    assertThat(result.at("/evaluations/0/description").textValue())
        .endsWith("(%d more rules are not told one by one)".formatted(2_000 - told));
  }

  private static JsonNode read(String json) throws Exception {
    return new ObjectMapper()
        .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .readTree(json);
  }

  private static RuleOutcome outcome(
      int ordinal, String rule, Verdict verdict, Map<String, String> labels) {
    return new RuleOutcome(
        ordinal,
        rule,
        "Some",
        List.of("km"),
        labels,
        verdict,
        verdict == Verdict.UNANSWERED
            ? Optional.of(UnansweredReason.values()[0])
            : Optional.empty(),
        "",
        Optional.empty(),
        verdict == Verdict.PASSED ? "" : "It is not.",
        Optional.empty());
  }
}

package dev.assay.rules.testing;

import dev.assay.model.RuleOutcome;
import dev.assay.model.ruletest.TestCase;
import java.util.Optional;

/** What came of a case. */
public record CaseResult(TestCase testCase, RuleOutcome outcome) {
  public boolean asExpected() {
    return difference().isEmpty();
  }

  /** What is not as expected, in words. */
  public Optional<String> difference() {
    TestCase.Expected was = was();
    if (was != testCase.expected()) {
      return Optional.of(
          "expected %s, but it came to %s. %s"
              .formatted(testCase.expected().word(), was.word(), outcome.message())
              .strip());
    }
    if (testCase.failingRows().isPresent()
        && !testCase.failingRows().equals(outcome.failingRows())) {
      return Optional.of(
          "expected %d failing row(s), but %s."
              .formatted(
                  testCase.failingRows().get(),
                  outcome
                      .failingRows()
                      .map("there are %d"::formatted)
                      .orElse("%s counts no rows".formatted(outcome.type()))));
    }
    return Optional.empty();
  }

  private TestCase.Expected was() {
    return switch (outcome.verdict()) {
      case PASSED -> TestCase.Expected.PASS;
      case FAILED -> TestCase.Expected.FAIL;
      case UNANSWERED -> TestCase.Expected.UNANSWERED;
    };
  }
}

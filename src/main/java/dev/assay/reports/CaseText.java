package dev.assay.reports;

import dev.assay.rules.testing.CaseResult;
import java.nio.file.Path;
import java.util.List;

/** Tests of rulesets, a line per case. */
public final class CaseText {
  private CaseText() {}

  /** One case; where it is written, if it is not as expected. */
  public static String of(Path file, CaseResult result) {
    return result
        .difference()
        .map(
            difference ->
                "✗ %s:%d:%d: %s: %s"
                    .formatted(
                        file,
                        result.testCase().position().line(),
                        result.testCase().position().column(),
                        result.testCase().name(),
                        difference))
        .orElseGet(() -> "✓ %s: %s".formatted(file, result.testCase().name()));
  }

  /** How many there are. */
  public static String summary(List<CaseResult> results) {
    long good = results.stream().filter(CaseResult::asExpected).count();
    return "%d case(s): %d as expected, %d not."
        .formatted(results.size(), good, results.size() - good);
  }
}

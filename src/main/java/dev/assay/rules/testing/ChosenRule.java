package dev.assay.rules.testing;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.ruletest.RulesetTest;
import dev.assay.model.ruletest.TestCase;
import dev.assay.rules.parse.Ruleset;
import java.util.List;

/** The rule that a case names, by its text or its ordinal. */
final class ChosenRule {
  private ChosenRule() {}

  /** A ruleset of this rule alone. */
  static Ruleset of(TestCase testCase, RulesetTest test, Ruleset ruleset) {
    List<Ruleset.Entry> chosen =
        ruleset.entries().stream()
            .filter(
                entry ->
                    String.valueOf(entry.ordinal()).equals(testCase.rule())
                        || folded(entry.text()).equals(folded(testCase.rule())))
            .limit(1)
            .toList();
    if (chosen.isEmpty()) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s:%d:%d: %s has no rule %s. %s"
              .formatted(
                  test.file(),
                  testCase.rulePosition().line(),
                  testCase.rulePosition().column(),
                  ruleset.file(),
                  testCase.rule(),
                  remedy(testCase, ruleset)));
    }
    return new Ruleset(ruleset.file(), chosen, List.of(), ruleset.fingerprint());
  }

  private static String remedy(TestCase testCase, Ruleset ruleset) {
    if (testCase.rule().matches("\\d+")) {
      return "Expected a number from 1 to %d.".formatted(ruleset.entries().size());
    }
    return Nearest.to(testCase.rule(), ruleset.entries().stream().map(Ruleset.Entry::text).toList())
        .map("Did you mean '%s'?"::formatted)
        .orElse("Expected the text of a rule without its labels, or its number from the top.");
  }

  private static String folded(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}

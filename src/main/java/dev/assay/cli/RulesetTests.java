package dev.assay.cli;

import dev.assay.jobs.RulesetTestReader;
import dev.assay.model.ruletest.RulesetTest;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.testing.RulesetTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The tests that lie beside rulesets. */
final class RulesetTests {
  static final String RULESET = ".dqdl";

  private RulesetTests() {}

  static boolean isTests(Path file) {
    return String.valueOf(file.getFileName()).endsWith(RulesetTestReader.ENDING);
  }

  /** Where the tests of a ruleset are, or would be. */
  static Path placeOf(Path ruleset) {
    String name = String.valueOf(ruleset.getFileName());
    return ruleset.resolveSibling(
        name.substring(0, name.length() - RULESET.length()) + RulesetTestReader.ENDING);
  }

  /** The tests of a ruleset, if it has any. */
  static Optional<Path> beside(Path ruleset) {
    return String.valueOf(ruleset.getFileName()).endsWith(RULESET)
        ? Optional.of(placeOf(ruleset)).filter(Files::isRegularFile)
        : Optional.empty();
  }

  /**
   * Reads tests and the rules that they are about, as far as that needs no Spark.
   *
   * @throws dev.assay.model.AssayException if either file is wrong, or a case names no rule
   */
  static RulesetTester read(Path file) {
    RulesetTest test = RulesetTestReader.read(file);
    return new RulesetTester(test, RulesetParser.parse(test.ruleset()));
  }
}

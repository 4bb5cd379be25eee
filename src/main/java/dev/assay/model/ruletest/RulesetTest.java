package dev.assay.model.ruletest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tests of one ruleset.
 *
 * @param file where they are written
 * @param ruleset the ruleset that they are about
 * @param now what {@code now()} means to the rules; the time of the test if empty
 * @param references the tables that rules compare with, by alias
 */
public record RulesetTest(
    Path file,
    Path ruleset,
    Optional<Instant> now,
    Map<String, TestRows> references,
    List<TestCase> cases) {
  public RulesetTest {
    references = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(references));
    cases = List.copyOf(cases);
  }
}

package dev.assay.cli;

import dev.assay.jobs.RulesetTestReader;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.reports.CaseJUnitReport;
import dev.assay.reports.CaseText;
import dev.assay.rules.testing.CaseResult;
import dev.assay.rules.testing.RulesetTester;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tests rules on a handful of rows. */
@Command(
    name = "test",
    description = "Run the tests that lie beside rulesets, as NAME.test.yaml, on this machine.",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RULESET",
      arity = "1..*",
      description = "Rulesets or their test files, or folders of them.")
  List<Path> paths = new ArrayList<>();

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML as well.")
  @Nullable Path junit;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<RulesetTester> testers =
        RulesetFiles.of(paths, RulesetTestReader.ENDING).stream()
            .map(named -> RulesetTests.read(testFile(named)))
            .toList();
    Map<Path, List<CaseResult>> byFile = new LinkedHashMap<>();
    SparkSession.Builder builder = SparkSession.builder().appName("assay test");
    SparkDefaults.ofHandful().forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      for (RulesetTester tester : testers) {
        Path file = tester.test().file();
        List<CaseResult> results = tester.run(spark, Clock.systemUTC());
        results.forEach(result -> out.println(CaseText.of(file, result)));
        byFile.put(file, results);
      }
    }
    List<CaseResult> all = byFile.values().stream().flatMap(List::stream).toList();
    out.println(CaseText.summary(all));
    if (junit != null) {
      ReportFiles.write(junit, CaseJUnitReport.of(byFile));
    }
    return all.stream().allMatch(CaseResult::asExpected)
        ? ExitKind.OK.code()
        : ExitKind.HELD.code();
  }

  /** A ruleset stands for the tests beside it. */
  private Path testFile(Path named) {
    if (RulesetTests.isTests(named)) {
      return named;
    }
    if (!String.valueOf(named.getFileName()).endsWith(RulesetTests.RULESET)) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s is neither a ruleset (*%s) nor its tests (*%s)."
              .formatted(named, RulesetTests.RULESET, RulesetTestReader.ENDING));
    }
    Path tests = RulesetTests.placeOf(named);
    if (!Files.isRegularFile(tests)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s has no tests. Expected them in %s; docs/rules.md shows how they are written."
              .formatted(named, tests));
    }
    return tests;
  }
}

package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.reports.LintJson;
import dev.assay.reports.LintText;
import dev.assay.rules.lint.Linter;
import dev.assay.rules.lint.Remark;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.TableShape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks rulesets, and the tests beside them, through without reading a row. */
@Command(
    name = "lint",
    description =
        "Find rules that contradict, repeat, never fail, do not fit a table, or cost much.",
    mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "RULESET", arity = "1..*", description = "Rulesets, or folders of them.")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "The table that the rules are for: names and types are checked with it.")
  @Nullable String table;

  @Option(
      names = "--reference",
      paramLabel = "ALIAS=TABLE",
      description = "A table that rules compare with; matters with --table.")
  Map<String, String> references = new LinkedHashMap<>();

  @Option(names = "--strict", description = "End with exit code 3 if there are warnings.")
  boolean strict;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Linter linter = linter();
    Map<String, List<Remark>> byFile = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    for (Path file : RulesetFiles.of(paths, ".dqdl")) {
      try {
        byFile.put(file.toString(), linter.remarks(RulesetParser.parse(file)));
      } catch (AssayException e) {
        unreadable.add(e.getMessage());
      }
      RulesetTests.beside(file).flatMap(LintCommand::wrong).ifPresent(unreadable::add);
    }
    if (json) {
      out.println(LintJson.of(byFile));
    } else {
      byFile.forEach(
          (file, remarks) -> remarks.forEach(remark -> out.println(LintText.of(file, remark))));
      out.println(LintText.summary(byFile));
    }
    unreadable.stream().distinct().forEach(spec.commandLine().getErr()::println);
    return unreadable.isEmpty() ? exit(byFile) : ExitKind.WRONG_FILES.code();
  }

  private static Optional<String> wrong(Path tests) {
    try {
      RulesetTests.read(tests);
      return Optional.empty();
    } catch (AssayException e) {
      return Optional.of(e.getMessage());
    }
  }

  private Linter linter() {
    if (table == null) {
      return Linter.ofRules();
    }
    TableColumns columns = new TableColumns(common);
    Map<String, TableShape> shapes = new LinkedHashMap<>();
    references.forEach((alias, name) -> shapes.put(alias, columns.of(name)));
    return Linter.ofTable(columns.of(table), shapes, Instant.now());
  }

  private int exit(Map<String, List<Remark>> byFile) {
    if (any(byFile, Remark.Severity.ERROR)) {
      return ExitKind.WRONG_FILES.code();
    }
    return strict && any(byFile, Remark.Severity.WARNING)
        ? ExitKind.HELD.code()
        : ExitKind.OK.code();
  }

  private static boolean any(Map<String, List<Remark>> byFile, Remark.Severity severity) {
    return byFile.values().stream()
        .flatMap(List::stream)
        .anyMatch(remark -> remark.severity() == severity);
  }
}

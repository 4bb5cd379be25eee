package dev.assay.docs;

import dev.assay.rules.parse.AnalyzerType;
import dev.assay.rules.parse.AnomalyStrategy;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rule types, each with an example from a ruleset that the parser reads. */
final class RulesPage {
  static final Path EXAMPLES = Path.of("src/test/resources/reference/rule-types.dqdl");

  /** A rule and the comment above it. */
  record Example(String rule, String passesWhen) {}

  private RulesPage() {}

  static String text() {
    Map<String, Example> examples = examples();
    StringBuilder page = new StringBuilder("# Rule types\n\n").append(Markdown.MADE);
    page.append(
        """
        What conditions, `where`, `with threshold`, labels and formulas mean, and what NULL does in each type: [rules](../rules.md).

        """);
    page.append(Markdown.head(List.of("type", "passes when", "example", "parameters", "may have")));
    for (RuleType type : RuleType.values()) {
      Example example = examples.getOrDefault(type.name(), new Example("", ""));
      page.append(
          Markdown.row(
              List.of(
                  Markdown.code(type.name()),
                  Markdown.cell(example.passesWhen()),
                  Markdown.code(example.rule()),
                  type.arity(),
                  mayHave(type))));
    }
    page.append("\n## Analyzers\n\nWhat `Analyzers = [ … ]` may name: ")
        .append(AnalyzerType.names().stream().map(Markdown::code).collect(Collectors.joining(", ")))
        .append(".\n\n## Strategies of DetectAnomalies\n\nValues of the label `")
        .append(AnomalyStrategy.LABEL)
        .append("`: ")
        .append(
            AnomalyStrategy.names().stream().map(Markdown::code).collect(Collectors.joining(", ")))
        .append(".\n");
    return page.toString();
  }

  private static String mayHave(RuleType type) {
    String where = type.takesWhere() ? "`where`" : "";
    String threshold = type.takesThreshold() ? "`with threshold`" : "";
    return where + (where.isEmpty() || threshold.isEmpty() ? "" : ", ") + threshold;
  }

  /** The examples by rule type. */
  static Map<String, Example> examples() {
    List<String> lines;
    try {
      lines = Files.readAllLines(EXAMPLES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Example> examples = new LinkedHashMap<>();
    for (Ruleset.Entry entry : RulesetParser.parse(EXAMPLES).entries()) {
      int line = entry.position().line() - 1;
      String comment = lines.get(line - 1).strip().replaceFirst("^# *", "");
      String rule = lines.get(line).strip().replaceFirst(",$", "");
      String type = entry.expression().rules().get(0).type();
      if (examples.put(type, new Example(rule, comment)) != null) {
        throw new IllegalStateException("%s has two examples of %s".formatted(EXAMPLES, type));
      }
    }
    return examples;
  }
}

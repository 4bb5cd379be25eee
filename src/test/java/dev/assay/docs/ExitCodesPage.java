package dev.assay.docs;

import dev.assay.model.ExitKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The exit codes of all commands. */
final class ExitCodesPage {
  private ExitCodesPage() {}

  static String text() {
    StringBuilder page = new StringBuilder("# Exit codes\n\n").append(Markdown.MADE);
    page.append(Markdown.head(List.of("code", "kind in `result.json`", "meaning")));
    for (ExitKind kind : ExitKind.values()) {
      page.append(
          Markdown.row(
              List.of(
                  String.valueOf(kind.code()),
                  Markdown.code(kind.name()),
                  Markdown.cell(kind.meaning()))));
    }
    page.append("\nOf several jobs the first of these that occurred: ")
        .append(precedence())
        .append(
            ".\n\nWhat a scheduler makes of each: [Airflow](../airflow.md#what-becomes-of-a-run).\n");
    return page.toString();
  }

  private static String precedence() {
    return Arrays.stream(ExitKind.values())
        .sorted((one, other) -> one == other ? 0 : first(one, other) == one ? -1 : 1)
        .map(kind -> String.valueOf(kind.code()))
        .collect(Collectors.joining(", "));
  }

  private static ExitKind first(ExitKind one, ExitKind other) {
    return ExitKind.ofAll(List.of(one, other));
  }
}

package dev.assay.reports;

import dev.assay.rules.lint.Remark;
import java.util.List;
import java.util.Map;

/**
 * What a linter found, for the terminal: a line that editors can follow, then why and what to do.
 */
public final class LintText {
  private LintText() {}

  /** One remark. */
  public static String of(String file, Remark remark) {
    return "%s:%d:%d: %s (%s): %s: %s.%n    %s %s"
        .formatted(
            file,
            remark.position().line(),
            remark.position().column(),
            remark.severity().word(),
            remark.kind().words(),
            remark.rule(),
            remark.what(),
            remark.why(),
            remark.remedy());
  }

  /** How many there are. */
  public static String summary(Map<String, List<Remark>> byFile) {
    return "%d ruleset(s): %d error(s), %d warning(s), %d note(s)."
        .formatted(
            byFile.size(),
            count(byFile, Remark.Severity.ERROR),
            count(byFile, Remark.Severity.WARNING),
            count(byFile, Remark.Severity.NOTE));
  }

  private static long count(Map<String, List<Remark>> byFile, Remark.Severity severity) {
    return byFile.values().stream()
        .flatMap(List::stream)
        .filter(remark -> remark.severity() == severity)
        .count();
  }
}

package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.rules.evaluate.FailingRows;
import dev.assay.rules.evaluate.RulesetEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes the rows that break rules, for who wants to look at them. */
final class FailingRowsOption {
  @Option(
      names = "--failing-rows",
      paramLabel = "FOLDER",
      description =
          "Also write the rows that break rules about single rows, as the table holds them, with the rules that each breaks: JSON lines, or Parquet if the name ends with .parquet.")
  @Nullable String folder;

  boolean wanted() {
    return folder != null;
  }

  /** Before anything is read: what is there already is not written over. */
  void check(Configuration configuration) {
    if (folder == null) {
      return;
    }
    Path path = new Path(folder);
    try {
      if (path.getFileSystem(configuration).exists(path)) {
        throw new AssayException(
            ExitKind.USAGE,
            "There is something at %s already. Name a folder that is not there yet."
                .formatted(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for " + folder, e);
    }
  }

  /** Writes them in one pass; what was done, in words. */
  String write(ScoreTarget target) {
    String to = java.util.Objects.requireNonNull(folder);
    FailingRows failing;
    try {
      failing = RulesetEvaluator.failingRows(target.table(), target.rules(), target.instant());
    } catch (IllegalArgumentException e) {
      return "No failing rows were written: %s.".formatted(e.getMessage());
    }
    failing.rows().write().format(to.endsWith(".parquet") ? "parquet" : "json").save(to);
    StringBuilder said = new StringBuilder("Failing rows are in %s:".formatted(to));
    failing
        .counts()
        .forEach(
            (rule, rows) ->
                said.append(String.format(Locale.ROOT, "%n  %,d break %s", rows, rule)));
    failing
        .unreadable()
        .forEach((rule, why) -> said.append("%n  left out: %s, %s".formatted(rule, why)));
    return said.toString();
  }
}

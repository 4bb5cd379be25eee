package dev.assay.pipeline;

import dev.assay.messages.Verdicts;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.job.Classify;
import java.util.ArrayList;
import java.util.List;

/** Checks that a table has the columns that a classify job names. */
final class MessageColumns {
  private MessageColumns() {}

  static void check(Classify how, String[] columns) {
    List<String> present = List.of(columns);
    List<String> named = new ArrayList<>(how.key());
    named.addAll(how.keep());
    for (String column : named) {
      if (Verdicts.COLUMNS.contains(column)) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "classify: verdicts have a column '%s' themselves. Rename the one of the messages in the job that writes them, or leave it out of 'keep'."
                .formatted(column));
      }
    }
    named.add(how.text());
    for (String column : named) {
      if (!present.contains(column)) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "classify: the input has no column '%s'. %s"
                .formatted(column, Nearest.suggestion(column, present)));
      }
    }
  }
}

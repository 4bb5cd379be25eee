package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;

/** Somebody else committed to main since the branch was made. Stage again from the new main. */
public final class MainMovedException extends AssayException {
  private static final long serialVersionUID = 1L;

  public MainMovedException(TableName table) {
    super(ExitKind.OUTSIDE_UNAVAILABLE, message(table));
  }

  public MainMovedException(TableName table, Throwable cause) {
    super(ExitKind.OUTSIDE_UNAVAILABLE, message(table), cause);
  }

  private static String message(TableName table) {
    return "%s: main moved while this run was staging, again and again. Nothing was published. Run it again when the other writer is done."
        .formatted(table);
  }
}

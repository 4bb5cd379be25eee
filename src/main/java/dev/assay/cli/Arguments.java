package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;

/** Arguments that several commands read. */
final class Arguments {
  private Arguments() {}

  static TableName table(String text) {
    try {
      return TableName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new AssayException(ExitKind.USAGE, e.getMessage() + ".", e);
    }
  }

  /** Who calls, for the ledger. */
  static String caller() {
    return System.getProperty("user.name", "somebody");
  }
}

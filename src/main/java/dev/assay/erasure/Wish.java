package dev.assay.erasure;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be removed besides quarantined records and verdicts, and what the ledger says of it.
 *
 * @param tables whose rows go as well
 * @param sendings whether the proof that messages were sent goes as well
 * @param reports whether report files that may show something of the person are deleted
 * @param by who calls
 * @param reason goes into the ledger; must not name the person
 */
public record Wish(
    Set<TableName> tables, boolean sendings, boolean reports, String by, String reason) {
  public Wish {
    tables = Collections.unmodifiableSet(new TreeSet<>(tables));
  }

  /**
   * Refuses a reason that names the person.
   *
   * @throws AssayException if it does
   */
  void check(Person person) {
    if (person.inText(reason) || person.inText(by)) {
      throw new AssayException(
          ExitKind.USAGE,
          "--reason or --by holds the key itself, and both are kept for good. Expected the number of the request or a word about it; nothing was removed.");
    }
  }
}

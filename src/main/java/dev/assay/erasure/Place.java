package dev.assay.erasure;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something where a person was looked for.
 *
 * @param name a table, or files
 * @param rows found in it as it is
 * @param older copies of rows in older snapshots only
 * @param left of the rows found, how many are still there
 * @param unsearchable what could not be looked into
 * @param givenUp tags, branches and held runs that went, or would go, with the rows
 * @param note why rows stay, or what to do about them; may be empty
 * @param byHand whether somebody has to see to what is left
 */
public record Place(
    String name,
    long rows,
    long older,
    long left,
    long unsearchable,
    Set<String> givenUp,
    String note,
    boolean byHand) {
  public Place {
    givenUp = Collections.unmodifiableSet(new TreeSet<>(givenUp));
  }

  /** Whether the person was found. */
  public boolean found() {
    return rows + older > 0;
  }
}

package dev.assay.catalog;

/**
 * What became of a table's registration.
 *
 * @param asset its id
 * @param imported whether the catalog read the table's columns anew
 * @param described whether it got a new revision with other business metadata
 * @param listing whether others find it
 */
public record Registered(
    String table, String asset, boolean imported, boolean described, Listing listing) {
  /** Whether others find it. */
  public enum Listing {
    /** Published now, or once more after it changed. */
    PUBLISHED,
    /** Published before, and nothing changed. */
    UNCHANGED,
    /** In the inventory, until a steward publishes it. */
    WAITS_FOR_STEWARD
  }

  /** Whether there was anything to do. */
  public boolean changed() {
    return imported || described || listing == Listing.PUBLISHED;
  }
}

package dev.assay.health;

/**
 * Announcements of a table that are not where they should be.
 *
 * @param waiting they are tried again
 * @param parked a destination refused them; somebody has to ask for them
 */
public record Undelivered(int waiting, int parked) {
  public static final Undelivered NONE = new Undelivered(0, 0);

  /** Both together. */
  public Undelivered plus(Undelivered other) {
    return new Undelivered(waiting + other.waiting, parked + other.parked);
  }
}

package dev.assay.testing.aws;

import java.util.function.LongSupplier;

/**
 * What an endpoint takes: two token buckets, one of characters and one of documents, each holding a
 * second's worth.
 *
 * <p>A document with more characters than the bucket holds is taken when the bucket is full, and
 * the bucket then owes the rest. How the service does it exactly is not published. Safe for use by
 * several threads.
 */
public final class Quota {
  private static final double NANOS = 1e9;

  private final double charactersPerSecond;
  private final double documentsPerSecond;
  private final LongSupplier nanoTime;
  private double characters;
  private double documents;
  private long last;

  /**
   * @param nanoTime elapsed time in nanoseconds; a test that must not depend on time gives one that
   *     it moves itself
   */
  public Quota(double charactersPerSecond, double documentsPerSecond, LongSupplier nanoTime) {
    this.charactersPerSecond = charactersPerSecond;
    this.documentsPerSecond = documentsPerSecond;
    this.nanoTime = nanoTime;
    this.characters = charactersPerSecond;
    this.documents = Math.max(1, documentsPerSecond);
    this.last = nanoTime.getAsLong();
  }

  /** 100 characters and 2 documents a second for each unit. */
  public static Quota inferenceUnits(int units) {
    return new Quota(100.0 * units, 2.0 * units, System::nanoTime);
  }

  public static Quota unlimited() {
    return new Quota(Double.MAX_VALUE, Double.MAX_VALUE, () -> 0);
  }

  /** Takes a document of so many characters, or says that it is too much for now. */
  public synchronized boolean take(int size) {
    long now = nanoTime.getAsLong();
    double seconds = (now - last) / NANOS;
    last = now;
    characters = Math.min(charactersPerSecond, characters + seconds * charactersPerSecond);
    documents = Math.min(Math.max(1, documentsPerSecond), documents + seconds * documentsPerSecond);
    if (documents < 1 || characters < Math.min(size, charactersPerSecond)) {
      return false;
    }
    documents -= 1;
    characters -= size;
    return true;
  }
}

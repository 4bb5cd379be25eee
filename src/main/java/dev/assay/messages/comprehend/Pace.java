package dev.assay.messages.comprehend;

import dev.assay.model.job.ComprehendRate;
import java.util.function.LongSupplier;

/**
 * A share of a quota: two token buckets, of characters and of documents. Safe for several threads.
 *
 * <p>It stays a little below the quota and holds half a second's worth, so that clocks that differ
 * and answers that are late do not go over it. A text longer than that goes when the bucket is
 * full, which then owes the rest.
 */
final class Pace {
  /** Of the quota. */
  static final double USED = 0.98;

  /** What a bucket holds, in seconds. */
  private static final double HELD = 0.5;

  private static final double NANOS = 1e9;

  private final Bucket characters;
  private final Bucket documents;
  private final LongSupplier nanoTime;
  private long last;

  private static final class Bucket {
    private final double perSecond;
    private final double size;
    private double tokens;

    Bucket(double perSecond, double least) {
      this.perSecond = perSecond * USED;
      this.size = Math.max(least, this.perSecond * HELD);
      this.tokens = this.size;
    }

    void fill(double seconds) {
      tokens = Math.min(size, tokens + seconds * perSecond);
    }

    /** Takes so many, now or as soon as there are; seconds until then. */
    double take(double many) {
      double wait = Math.max(0, Math.min(many, size) - tokens) / perSecond;
      tokens -= many;
      return wait;
    }

    void empty() {
      tokens = Math.min(0, tokens);
    }
  }

  /**
   * @param nanoTime elapsed time in nanoseconds
   */
  Pace(ComprehendRate rate, LongSupplier nanoTime) {
    this.characters = new Bucket(rate.charactersPerSecond(), 1);
    this.documents = new Bucket(rate.documentsPerSecond(), 1);
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  /**
   * Takes a text's worth.
   *
   * @return nanoseconds until it may be sent
   */
  synchronized long take(long size) {
    fill();
    return (long) (NANOS * Math.max(characters.take(size), documents.take(1)));
  }

  /** The service said that it was too much: nothing is left for the moment. */
  synchronized void throttled() {
    fill();
    characters.empty();
    documents.empty();
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    double seconds = (now - last) / NANOS;
    last = now;
    characters.fill(seconds);
    documents.fill(seconds);
  }
}

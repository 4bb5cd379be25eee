package dev.assay.model;

/**
 * A file as it was when a run looked at it.
 *
 * @param size in bytes
 * @param modified milliseconds since 1970 UTC
 */
public record SourceFile(String path, long size, long modified) implements Comparable<SourceFile> {
  /** One text for all three, for fingerprints. */
  public String identity() {
    return path + "|" + size + "|" + modified;
  }

  @Override
  public int compareTo(SourceFile other) {
    return identity().compareTo(other.identity());
  }
}

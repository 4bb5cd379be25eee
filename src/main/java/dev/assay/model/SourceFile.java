package dev.assay.model;

import java.util.Optional;

/**
 * A file as it was when a run looked at it.
 *
 * @param size in bytes
 * @param modified milliseconds since 1970 UTC
 * @param etag what S3 calls this content; file systems on disks know none. No part of {@link
 *     #identity()}, which ledgers have kept without it
 */
public record SourceFile(String path, long size, long modified, Optional<String> etag)
    implements Comparable<SourceFile> {
  /** A file without an ETag. */
  public SourceFile(String path, long size, long modified) {
    this(path, size, modified, Optional.empty());
  }

  /** One text for path, size and time, for fingerprints. */
  public String identity() {
    return path + "|" + size + "|" + modified;
  }

  @Override
  public int compareTo(SourceFile other) {
    return identity().compareTo(other.identity());
  }
}

package dev.assay.messages.comprehend;

/**
 * What a batch job and an account take.
 *
 * @param lines of one job
 * @param bytes of one job
 * @param jobs active at the same time
 * @param rounds in which texts without an answer are submitted
 */
record Limits(long lines, long bytes, int jobs, int rounds) {
  /** Of the service; other programs of the account may have active jobs, too. */
  static final Limits OF_SERVICE = new Limits(1_000_000, 5_000_000_000L, 10, 3);

  private static final long LONGEST_LINE = Cut.CLASSIFY_BYTES + 1;

  /** Lines to put into each job, if there are so many texts with so many bytes. */
  long linesOfJob(long allLines, long allBytes) {
    boolean one = allLines <= lines && allBytes + allLines <= bytes;
    return one ? Math.max(1, allLines) : Math.max(1, Math.min(lines, bytes / LONGEST_LINE));
  }
}

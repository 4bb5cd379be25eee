package dev.assay.model.job;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where what the line found is told.
 *
 * @param mostEvaluations rules that a score tells one by one
 * @param files folder for announcements as files
 */
public record Publishing(int mostEvaluations, Optional<Path> files) {
  /** What DataZone is known to take of one result. */
  public static final int USUAL_EVALUATIONS = 2000;

  /** Nothing is told to anybody. */
  public static final Publishing NOWHERE = new Publishing(USUAL_EVALUATIONS, Optional.empty());
}

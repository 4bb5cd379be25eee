package dev.assay.emr;

import java.util.List;
import java.util.Optional;

/**
 * What is remembered of submissions, where every machine that submits finds it. Nothing is ever
 * changed or removed.
 */
public interface Notes {
  /**
   * The attempt that goes on: the newest, unless somebody has seen its end; then the next one.
   *
   * @throws dev.assay.model.AssayException if the place cannot be read
   */
  Attempt current(Submission submission);

  /** Notes which run it is. Repeating it is harmless. */
  void started(Attempt attempt, String id, List<String> arguments);

  /** What the driver wrote; empty if it wrote nothing. */
  Optional<String> result(Attempt attempt);

  /** Notes that the end was seen, so that the same submission makes a new run from now on. */
  void ended(Attempt attempt, String text);
}

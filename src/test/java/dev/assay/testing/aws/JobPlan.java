package dev.assay.testing.aws;

import java.util.function.Predicate;

/**
 * What becomes of a batch job.
 *
 * @param ending the last status, COMPLETED or FAILED
 * @param message what the description then says; may be empty
 * @param progress how fast
 * @param missing documents that the output leaves out
 * @param refused documents that the output has with an error in the place of classes
 * @param errorCode of refused documents
 * @param errorMessage of refused documents
 */
public record JobPlan(
    String ending,
    String message,
    Progress progress,
    Predicate<DocumentLine> missing,
    Predicate<DocumentLine> refused,
    String errorCode,
    String errorMessage) {
  /** Completes with every document, a status further with each description. */
  public static JobPlan completes() {
    return completes(Progress.everyDescriptions(1));
  }

  public static JobPlan completes(Progress progress) {
    return new JobPlan("COMPLETED", "", progress, line -> false, line -> false, "", "");
  }

  /** Fails, with this message, and writes nothing. */
  public static JobPlan fails(String message) {
    return new JobPlan(
        "FAILED", message, Progress.everyDescriptions(1), line -> false, line -> false, "", "");
  }

  /** Stays in progress for ever. */
  public static JobPlan neverEnds() {
    return completes(Progress.never());
  }

  /** The same, but the output leaves some documents out. */
  public JobPlan leavingOut(Predicate<DocumentLine> missing) {
    return new JobPlan(ending, message, progress, missing, refused, errorCode, errorMessage);
  }

  /** The same, but the output has some documents with an error in the place of classes. */
  public JobPlan refusing(Predicate<DocumentLine> refused, String code, String text) {
    return new JobPlan(ending, message, progress, missing, refused, code, text);
  }
}

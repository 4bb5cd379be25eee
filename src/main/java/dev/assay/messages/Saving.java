package dev.assay.messages;

/**
 * What asking a cheap classifier before a dear one has saved.
 *
 * @param questions all texts
 * @param asked of the dear one; the cheap one settled the others
 * @param whole what asking the dear one about all of them would have cost
 */
public record Saving(long questions, long asked, Bill whole) {
  static final Saving NOTHING = new Saving(0, 0, Bill.free(0, 0));

  /** Settled by the cheap one. */
  public long settled() {
    return questions - asked;
  }

  /** Of all questions, those that were settled by the cheap one: 0 to 1; 0 without questions. */
  public double share() {
    return questions == 0 ? 0 : (double) settled() / questions;
  }

  Saving plus(Saving more) {
    return new Saving(questions + more.questions, asked + more.asked, whole.plus(more.whole));
  }
}

package dev.assay.messages;

import dev.assay.model.job.Classify;
import dev.assay.model.message.Thresholds;

/** Opens what a classify job asks. */
public interface ClassifierSource {
  /**
   * The classifier of a job.
   *
   * @param owner the job: what a classifier keeps until its answers are stored is the owner's alone
   * @throws dev.assay.model.AssayException if the model or the service that the job names is not
   *     there
   */
  Opened open(String owner, Classify how);

  /**
   * Who looks for personal data in the texts of a job.
   *
   * @param owner the job, as for {@link #open}
   */
  PersonalData personalData(String owner, Classify how);

  /**
   * A classifier, and the thresholds that its training chose.
   *
   * @param thresholds one per category
   */
  record Opened(Classifier classifier, Thresholds thresholds) {}
}

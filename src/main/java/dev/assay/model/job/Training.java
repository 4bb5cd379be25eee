package dev.assay.model.job;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One train job: labelled texts to a model.
 *
 * @param name of the model
 * @param by who trains it
 * @param texts the CSV to train from, {@code label,document} without a header
 * @param test labelled texts that are only judged
 * @param delimiter between the labels of a text
 * @param compliant the label of texts that belong to no category
 * @param categories the other labels
 * @param language of the texts, ISO 639-1
 * @param targetRecall what thresholds are chosen for, over 0 and under 1
 * @param folds parts in which training texts are held out
 * @param reviews whether decisions of reviewers are learnt from too
 * @param maximumCost of a training on Comprehend, in the currency of the profile's prices
 */
public record Training(
    String name,
    By by,
    String description,
    Path file,
    Path texts,
    Optional<Path> test,
    char delimiter,
    String compliant,
    List<String> categories,
    String language,
    double targetRecall,
    int folds,
    boolean reviews,
    Optional<BigDecimal> maximumCost) {
  public Training {
    categories = List.copyOf(categories);
  }

  /** Who trains. */
  public enum By {
    /** Spark, here; the model lies in the profile's home. */
    LOCAL,
    /** Amazon Comprehend; the classifier lies in its account. */
    COMPREHEND
  }
}

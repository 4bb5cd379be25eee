package dev.assay.messages.local;

import dev.assay.messages.text.NormalText;
import dev.assay.model.Fingerprint;
import dev.assay.model.message.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a {@link LocalModel}: one logistic regression per category; confidences calibrated, and
 * thresholds chosen, on texts that the regression at hand has not seen (cross-fitting). The same
 * texts and settings give the same model.
 */
public final class Trainer {
  private final Regressions regressions;
  private final Settings settings;
  private final Consumer<String> progress;

  /**
   * @param progress told in words what is being done
   */
  public Trainer(SparkSession spark, Settings settings, Consumer<String> progress) {
    this.regressions = new Regressions(spark, settings.regularisation());
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * How to train.
   *
   * @param categories what a text may belong to
   * @param targetRecall the share of a category's texts that its threshold should let through to
   *     restriction, over 0 and under 1
   * @param folds in how many parts the texts are divided for the cross-fitting
   * @param regularisation of the regressions
   */
  public record Settings(
      Set<String> categories, double targetRecall, int folds, double regularisation) {
    /** Chosen on the training texts alone. */
    public static final double REGULARISATION = 1e-5;

    public Settings {
      categories = java.util.Collections.unmodifiableSet(new TreeSet<>(categories));
    }
  }

  /**
   * Trains.
   *
   * @param name of the model
   * @param texts with every category of the settings in at least ten of them
   * @return the model, with its quality on the training texts held out in turn
   */
  public Trained train(String name, List<LabelledText> texts) {
    List<LabelledText> distinct = LabelledText.distinct(texts);
    List<String> categories = List.copyOf(settings.categories());
    progress.accept("reading %,d distinct texts".formatted(distinct.size()));
    Vectors vectors = Vectors.of(distinct.stream().map(LabelledText::text).toList());
    int[] folds = distinct.stream().mapToInt(text -> fold(text.text())).toArray();
    double[][] margins = heldOut(categories, distinct, vectors.vectors(), folds);
    double[] slopes = new double[categories.size()];
    double[] offsets = new double[categories.size()];
    double[] intercepts = new double[categories.size()];
    Map<String, Double> thresholds = new TreeMap<>();
    List<Map<String, Double>> confidences = new ArrayList<>();
    distinct.forEach(text -> confidences.add(new TreeMap<>()));
    float[] weights = new float[vectors.features().length * (categories.size() + 1)];
    for (int index = 0; index < categories.size(); index++) {
      String category = categories.get(index);
      progress.accept("training %s".formatted(category));
      boolean[] labels = labels(distinct, category);
      Regressions.Line line = regressions.calibrated(margins[index], labels);
      slopes[index] = line.slope();
      offsets[index] = line.offset();
      double[] confident = new double[labels.length];
      for (int text = 0; text < labels.length; text++) {
        confident[text] = line.at(margins[index][text]);
        confidences.get(text).put(category, confident[text]);
      }
      thresholds.put(category, ThresholdChoice.of(confident, labels, settings.targetRecall()));
      Regressions.Fit fit = regressions.fit(vectors.vectors(), labels);
      intercepts[index] = fit.intercept();
      spread(weights, fit.coefficients(), vectors, index, categories.size() + 1);
    }
    LocalModel model =
        new LocalModel(
            name,
            version(distinct),
            categories,
            LocalModel.rows(vectors.features(), categories.size()),
            weights,
            intercepts,
            slopes,
            offsets,
            vectors.words());
    Thresholds chosen = new Thresholds(thresholds, Thresholds.USUAL_MARGIN);
    return new Trained(model, chosen, quality(distinct, confidences, chosen), distinct.size());
  }

  /** Texts that begin alike are often made alike: they are held out together. */
  private int fold(String normal) {
    String[] words = normal.replaceAll("[^a-z ]", "").strip().split(" +", 4);
    String beginning = String.join(" ", Arrays.asList(words).subList(0, Math.min(3, words.length)));
    return Math.floorMod(Fingerprint.of(beginning).hex().hashCode(), settings.folds());
  }

  /** For each category and text the margin by a regression that has not seen the text. */
  private double[][] heldOut(
      List<String> categories, List<LabelledText> texts, List<Vector> vectors, int[] folds) {
    double[][] margins = new double[categories.size()][texts.size()];
    for (int index = 0; index < categories.size(); index++) {
      boolean[] labels = labels(texts, categories.get(index));
      for (int fold = 0; fold < settings.folds(); fold++) {
        progress.accept(
            "held-out part %d of %d: %s"
                .formatted(fold + 1, settings.folds(), categories.get(index)));
        Regressions.Fit fit = regressions.fit(vectors, labels, folds, fold);
        for (int text = 0; text < folds.length; text++) {
          if (folds[text] == fold) {
            margins[index][text] = fit.margin(vectors.get(text));
          }
        }
      }
    }
    return margins;
  }

  private static boolean[] labels(List<LabelledText> texts, String category) {
    boolean[] labels = new boolean[texts.size()];
    for (int index = 0; index < labels.length; index++) {
      labels[index] = texts.get(index).categories().contains(category);
    }
    return labels;
  }

  /** Puts a category's coefficients into the rows of the features, times their rarity. */
  private static void spread(
      float[] weights, Vector coefficients, Vectors vectors, int category, int width) {
    for (int place = 0; place < vectors.features().length; place++) {
      float rarity = vectors.rarity()[vectors.features()[place]];
      weights[place * width] = rarity * rarity;
      weights[place * width + 1 + category] = (float) (coefficients.apply(place) * rarity);
    }
  }

  private String version(List<LabelledText> texts) {
    String all =
        String.join(
            "\n", texts.stream().map(text -> text.text() + "\t" + text.categories()).toList());
    return Fingerprint.of(
            all,
            settings.toString(),
            "normal text %d, features %d".formatted(NormalText.VERSION, Features.VERSION))
        .hex()
        .substring(0, 12);
  }

  private Quality quality(
      List<LabelledText> texts, List<Map<String, Double>> confidences, Thresholds thresholds) {
    List<Quality.Judged> judged = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      Map<String, Double> known = new LinkedHashMap<>(confidences.get(text));
      judged.add(new Quality.Judged(texts.get(text).categories(), over(known, thresholds)));
    }
    return Quality.of(judged, List.copyOf(settings.categories()));
  }

  static Set<String> over(Map<String, Double> confidences, Thresholds thresholds) {
    Set<String> over = new TreeSet<>();
    thresholds
        .byCategory()
        .forEach(
            (category, threshold) -> {
              if (confidences.getOrDefault(category, 0.0) >= threshold) {
                over.add(category);
              }
            });
    return over;
  }
}

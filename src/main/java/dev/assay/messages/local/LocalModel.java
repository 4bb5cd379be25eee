package dev.assay.messages.local;

import dev.assay.messages.ModelVersion;
import dev.assay.model.message.Confidences;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model: for each category a calibrated logistic regression over {@link Features}.
 *
 * @param name of the model
 * @param version fingerprint of its training
 * @param categories in the order of the weights
 * @param rows per feature where its weights begin; -1 for one that was not learnt
 * @param weights of learnt features: the feature's rarity squared, then for each category its
 *     weight times the rarity
 * @param intercepts per category
 * @param slopes per category, of the calibration; a confidence is 1 / (1 + exp(-(slope × margin +
 *     offset)))
 * @param offsets per category, of the calibration
 * @param words sorted hashes of the words that the training texts have
 */
record LocalModel(
    String name,
    String version,
    List<String> categories,
    int[] rows,
    float[] weights,
    double[] intercepts,
    double[] slopes,
    double[] offsets,
    long[] words)
    implements Serializable {
  LocalModel {
    categories = List.copyOf(categories);
  }

  /** Where the weights of each learnt feature begin, when they stand in this order. */
  static int[] rows(int[] features, int categories) {
    int[] rows = new int[Features.COUNT];
    Arrays.fill(rows, -1);
    for (int place = 0; place < features.length; place++) {
      rows[features[place]] = place * (categories + 1);
    }
    return rows;
  }

  ModelVersion id() {
    return new ModelVersion(name, version);
  }

  /** What the model says about a text. */
  Answer answer(String normal) {
    int count = categories.size();
    Sum sum = new Sum(count);
    Features.of(normal, sum);
    double wordNorm = sum.wordSquares > 0 ? 1 / Math.sqrt(sum.wordSquares) : 0;
    double pieceNorm = sum.pieceSquares > 0 ? 1 / Math.sqrt(sum.pieceSquares) : 0;
    Map<String, Double> confidences = new TreeMap<>();
    for (int category = 0; category < count; category++) {
      double margin =
          sum.wordMargins[category] * wordNorm
              + sum.pieceMargins[category] * pieceNorm
              + intercepts[category];
      confidences.put(categories.get(category), confidence(category, margin));
    }
    double known = sum.words == 0 ? 0 : (double) sum.known / sum.words;
    return new Answer(new Confidences(confidences), known);
  }

  private double confidence(int category, double margin) {
    return 1 / (1 + Math.exp(-(slopes[category] * margin + offsets[category])));
  }

  /**
   * The words that spoke most for a category, most first; none that spoke against it.
   *
   * @param most how many
   */
  List<String> words(String normal, String category, int most) {
    int wanted = categories.indexOf(category);
    Map<String, Double> shares = new HashMap<>();
    Share share = new Share(normal, wanted, shares);
    Features.of(normal, share);
    List<Map.Entry<String, Double>> sorted = new ArrayList<>(shares.entrySet());
    sorted.removeIf(word -> word.getValue() <= 0);
    sorted.sort(
        Comparator.comparing((Map.Entry<String, Double> word) -> word.getValue())
            .reversed()
            .thenComparing(Map.Entry::getKey));
    return sorted.stream().limit(most).map(Map.Entry::getKey).toList();
  }

  /**
   * An answer.
   *
   * @param known share of the text's words that the training texts have, 0 to 1
   */
  record Answer(Confidences confidences, double known) {}

  /** Adds up the features of a text. */
  private final class Sum implements Features.Sink {
    final double[] wordMargins;
    final double[] pieceMargins;
    double wordSquares;
    double pieceSquares;
    int words;
    int known;

    Sum(int count) {
      wordMargins = new double[count];
      pieceMargins = new double[count];
    }

    @Override
    public void feature(int number, boolean whole) {
      int row = rows[number];
      if (row < 0) {
        return;
      }
      double[] margins = whole ? wordMargins : pieceMargins;
      if (whole) {
        wordSquares += weights[row];
      } else {
        pieceSquares += weights[row];
      }
      for (int category = 0; category < margins.length; category++) {
        margins[category] += weights[row + 1 + category];
      }
    }

    @Override
    public void word(int start, int end, long hash) {
      words++;
      known += Arrays.binarySearch(LocalModel.this.words, hash) >= 0 ? 1 : 0;
    }
  }

  /** Gives each word what its features say for one category. */
  private final class Share implements Features.Sink {
    private final String normal;
    private final int category;
    private final Map<String, Double> shares;
    private String word = "";

    Share(String normal, int category, Map<String, Double> shares) {
      this.normal = normal;
      this.category = category;
      this.shares = shares;
    }

    @Override
    public void feature(int number, boolean whole) {
      int row = rows[number];
      if (row >= 0) {
        shares.merge(word, (double) weights[row + 1 + category], Double::sum);
      }
    }

    @Override
    public void word(int start, int end, long hash) {
      word = normal.substring(start, end);
    }
  }
}

package dev.assay.messages.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;

/**
 * Training texts as vectors: how often each feature stands in a text, times its rarity; words and
 * pieces of words scaled to length 1 each. Only features of two texts and more take part; the
 * vectors number them anew, without gaps, because a regression's cost follows the length of its
 * vectors.
 *
 * @param rarity per feature, 0 for one that is in fewer than two texts
 * @param features the feature at each place of the vectors, in rising order
 * @param words sorted hashes of all words
 */
record Vectors(float[] rarity, int[] features, long[] words, List<Vector> vectors) {
  private static final int FEWEST_TEXTS = 2;

  static Vectors of(List<String> normals) {
    List<Occurrences> all = normals.stream().map(Occurrences::of).toList();
    int[] texts = new int[Features.COUNT];
    for (Occurrences text : all) {
      text.counts.keySet().forEach(feature -> texts[feature]++);
    }
    float[] rarity = new float[Features.COUNT];
    for (int feature = 0; feature < Features.COUNT; feature++) {
      rarity[feature] =
          texts[feature] < FEWEST_TEXTS
              ? 0
              : (float) (1 + Math.log((1.0 + all.size()) / (1.0 + texts[feature])));
    }
    TreeSet<Long> words = new TreeSet<>();
    all.forEach(text -> words.addAll(text.words));
    int[] features =
        IntStream.range(0, Features.COUNT).filter(feature -> rarity[feature] > 0).toArray();
    return new Vectors(
        rarity,
        features,
        words.stream().mapToLong(Long::longValue).toArray(),
        all.stream().map(text -> text.vector(rarity, features)).toList());
  }

  /** What stands in one text. */
  private static final class Occurrences implements Features.Sink {
    final Map<Integer, Integer> counts = new TreeMap<>();
    final Map<Integer, Integer> wholes = new TreeMap<>();
    final List<Long> words = new ArrayList<>();

    static Occurrences of(String normal) {
      Occurrences occurrences = new Occurrences();
      Features.of(normal, occurrences);
      return occurrences;
    }

    @Override
    public void feature(int number, boolean whole) {
      counts.merge(number, 1, Integer::sum);
      if (whole) {
        wholes.merge(number, 1, Integer::sum);
      }
    }

    @Override
    public void word(int start, int end, long hash) {
      words.add(hash);
    }

    private static double squares(Map<Integer, Integer> counts, float[] rarity) {
      double squares = 0;
      for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
        float rare = rarity[count.getKey()];
        squares += count.getValue() * rare * rare;
      }
      return squares;
    }

    /** Scaled by the squares of the single occurrences, as the model does it. */
    Vector vector(float[] rarity, int[] features) {
      int[] indices =
          counts.keySet().stream()
              .mapToInt(Integer::intValue)
              .filter(feature -> rarity[feature] > 0)
              .toArray();
      double wordNorm = Math.sqrt(squares(wholes, rarity));
      double pieceNorm = Math.sqrt(squares(counts, rarity) - wordNorm * wordNorm);
      double[] values =
          Arrays.stream(indices)
              .mapToDouble(
                  feature -> {
                    int whole = wholes.getOrDefault(feature, 0);
                    int piece = counts.getOrDefault(feature, 0) - whole;
                    return rarity[feature]
                        * ((whole == 0 ? 0 : whole / wordNorm)
                            + (piece == 0 ? 0 : piece / pieceNorm));
                  })
              .toArray();
      int[] places =
          Arrays.stream(indices).map(feature -> Arrays.binarySearch(features, feature)).toArray();
      return org.apache.spark.ml.linalg.Vectors.sparse(features.length, places, values);
    }
  }
}

package dev.assay.messages.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How good a model is on labelled texts it has not seen.
 *
 * @param texts how many
 * @param byCategory per category
 * @param macroF1 mean of the categories' F1
 * @param restricted of the decision: whether a text with any category is told from one without
 * @param confusion how often texts of a category (or {@code compliant}) were given a category
 */
public record Quality(
    int texts,
    Map<String, Measures> byCategory,
    Interval macroF1,
    Measures restricted,
    Map<String, Map<String, Integer>> confusion) {
  private static final int RESAMPLES = 1000;
  private static final String COMPLIANT = "compliant";

  /** A value with its 95 % bootstrap interval. */
  public record Interval(double value, double low, double high) {}

  /** Of one category. */
  public record Measures(int positives, Interval precision, Interval recall, Interval f1) {}

  /** A text's true categories and those it was given. */
  record Judged(Set<String> truth, Set<String> given) {}

  /** Measures; deterministic, the resampling included. */
  static Quality of(List<Judged> judged, List<String> categories) {
    List<List<Judged>> samples = resamples(judged);
    Map<String, Measures> byCategory = new LinkedHashMap<>();
    for (String category : categories) {
      byCategory.put(
          category,
          measures(
              judged,
              samples,
              one -> one.truth().contains(category),
              one -> one.given().contains(category)));
    }
    ToDoubleFunction<List<Judged>> macro =
        sample ->
            categories.stream()
                .mapToDouble(
                    category ->
                        Counts.of(
                                sample,
                                one -> one.truth().contains(category),
                                one -> one.given().contains(category))
                            .f1())
                .average()
                .orElse(0);
    return new Quality(
        judged.size(),
        byCategory,
        interval(judged, samples, macro),
        measures(judged, samples, one -> !one.truth().isEmpty(), one -> !one.given().isEmpty()),
        confusion(judged));
  }

  private static Measures measures(
      List<Judged> judged,
      List<List<Judged>> samples,
      java.util.function.Predicate<Judged> truth,
      java.util.function.Predicate<Judged> given) {
    return new Measures(
        (int) judged.stream().filter(truth).count(),
        interval(judged, samples, sample -> Counts.of(sample, truth, given).precision()),
        interval(judged, samples, sample -> Counts.of(sample, truth, given).recall()),
        interval(judged, samples, sample -> Counts.of(sample, truth, given).f1()));
  }

  private static Interval interval(
      List<Judged> judged, List<List<Judged>> samples, ToDoubleFunction<List<Judged>> measure) {
    double[] values = samples.stream().mapToDouble(measure).sorted().toArray();
    return new Interval(
        measure.applyAsDouble(judged),
        values[(int) (values.length * 0.025)],
        values[(int) (values.length * 0.975)]);
  }

  private static List<List<Judged>> resamples(List<Judged> judged) {
    SplittableRandom random = new SplittableRandom(20_261_121);
    List<List<Judged>> samples = new ArrayList<>();
    for (int sample = 0; sample < RESAMPLES; sample++) {
      List<Judged> drawn = new ArrayList<>(judged.size());
      for (int index = 0; index < judged.size(); index++) {
        drawn.add(judged.get(random.nextInt(judged.size())));
      }
      samples.add(drawn);
    }
    return samples;
  }

  private static Map<String, Map<String, Integer>> confusion(List<Judged> judged) {
    Map<String, Map<String, Integer>> confusion = new TreeMap<>();
    for (Judged one : judged) {
      for (String truth : one.truth().isEmpty() ? Set.of(COMPLIANT) : one.truth()) {
        for (String given : one.given().isEmpty() ? Set.of(COMPLIANT) : one.given()) {
          confusion.computeIfAbsent(truth, key -> new TreeMap<>()).merge(given, 1, Integer::sum);
        }
      }
    }
    return confusion;
  }

  /** True positives, what was given, what is true. */
  private record Counts(int hits, int given, int truth) {
    static Counts of(
        List<Judged> sample,
        java.util.function.Predicate<Judged> isTrue,
        java.util.function.Predicate<Judged> isGiven) {
      int hits = 0;
      int given = 0;
      int truth = 0;
      for (Judged one : sample) {
        boolean positive = isTrue.test(one);
        boolean said = isGiven.test(one);
        hits += positive && said ? 1 : 0;
        given += said ? 1 : 0;
        truth += positive ? 1 : 0;
      }
      return new Counts(hits, given, truth);
    }

    double precision() {
      return given == 0 ? 0 : (double) hits / given;
    }

    double recall() {
      return truth == 0 ? 0 : (double) hits / truth;
    }

    double f1() {
      return hits == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
    }
  }
}

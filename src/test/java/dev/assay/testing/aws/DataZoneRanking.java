package dev.assay.testing.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Which documents a text finds, and in which order: near names first.
 *
 * <p>The service's own order is by meaning and not published. This one is the worst that a caller
 * has to expect: names that only contain the text stand before the name that is meant, with and
 * without quotes; after it, what has the text elsewhere, for example in the name of a column.
 * Without quotes each word alone finds too.
 */
final class DataZoneRanking {
  private DataZoneRanking() {}

  static <T> List<T> of(
      String text, List<T> all, Function<T, String> name, Function<T, String> everything) {
    if (text.isBlank()) {
      return all;
    }
    boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    String wanted =
        (quoted ? text.substring(1, text.length() - 1) : text).strip().toLowerCase(Locale.ROOT);
    List<String> words = quoted ? List.of(wanted) : List.of(wanted.split("\\s+"));
    List<T> near = new ArrayList<>();
    List<T> meant = new ArrayList<>();
    List<T> elsewhere = new ArrayList<>();
    for (T each : all) {
      String called = name.apply(each).toLowerCase(Locale.ROOT);
      String anything = everything.apply(each).toLowerCase(Locale.ROOT);
      if (called.equals(wanted)) {
        meant.add(each);
      } else if (words.stream().anyMatch(called::contains)) {
        near.add(each);
      } else if (words.stream().anyMatch(anything::contains)) {
        elsewhere.add(each);
      }
    }
    near.addAll(meant);
    near.addAll(elsewhere);
    return near;
  }
}

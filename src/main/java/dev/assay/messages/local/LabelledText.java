package dev.assay.messages.local;

import dev.assay.messages.text.NormalText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A text and the categories it belongs to.
 *
 * @param categories none for a compliant text
 */
public record LabelledText(String text, Set<String> categories) {
  public LabelledText {
    categories = java.util.Collections.unmodifiableSet(new TreeSet<>(categories));
  }

  /** One of each normal text, with the categories of all of them, in the order of their hashes. */
  public static List<LabelledText> distinct(List<LabelledText> texts) {
    Map<String, LabelledText> byHash = new TreeMap<>();
    for (LabelledText text : texts) {
      NormalText normal = NormalText.of(text.text());
      byHash.merge(
          normal.hash(),
          new LabelledText(normal.value(), text.categories()),
          (one, other) -> {
            Set<String> both = new TreeSet<>(one.categories());
            both.addAll(other.categories());
            return new LabelledText(one.text(), both);
          });
    }
    return List.copyOf(byHash.values());
  }
}

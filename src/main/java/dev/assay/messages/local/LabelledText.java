package dev.assay.messages.local;

import java.util.Set;
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
}

package dev.assay.rules.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of values on one line.
 *
 * @param line what the values are; values of different lines do not compare
 * @param nulls whether NULL belongs to it
 */
record Values(Line line, List<Span> spans, boolean nulls) {
  /** What values are. */
  enum Line {
    NUMBER,
    WHOLE_NUMBER,
    TEXT,
    TRUTH,
    /** Milliseconds: a length of time, or a distance from now. */
    TIME,
    /** NULL, or anything else: nothing is known of the order. */
    PRESENCE
  }

  Values {
    spans = spans.stream().filter(span -> !span.isEmpty()).toList();
  }

  static Values everything(Line line) {
    return new Values(line, List.of(Span.ALL), true);
  }

  boolean isEmpty() {
    return spans.isEmpty() && !nulls;
  }

  Values and(Values other) {
    List<Span> both = new ArrayList<>();
    for (Span one : spans) {
      for (Span two : other.spans) {
        both.add(settled(one.and(two)));
      }
    }
    return new Values(line, both, nulls && other.nulls);
  }

  Values not() {
    Values outside = everything(line);
    for (Span span : spans) {
      outside = outside.and(new Values(line, span.outside(), true));
    }
    return new Values(line, outside.spans, !nulls);
  }

  /** Whether every value of this set belongs to the other. */
  boolean within(Values other) {
    return and(other.not()).isEmpty();
  }

  boolean has(Point point) {
    return spans.stream().anyMatch(span -> !span.and(Span.only(point)).isEmpty());
  }

  private Span settled(Span span) {
    return line == Line.WHOLE_NUMBER ? span.whole() : span;
  }
}

package dev.assay.reports;

import dev.assay.messages.iceberg.VerdictTable.Pending;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts that wait for a person, in the terminal. Personal data in them is masked. */
public final class ReviewQueue {
  private static final int LONGEST_TEXT = 70;

  private ReviewQueue() {}

  /** A table of the first of them, and how many there are. */
  public static String text(List<Pending> pending, int most) {
    if (pending.isEmpty()) {
      return "Nothing waits for a review.";
    }
    long messages = pending.stream().mapToLong(Pending::messages).sum();
    String table =
        new TextTable<Pending>()
            .left("hash", text -> text.contentHash().substring(0, 12))
            .right("messages", text -> Numbers.count(text.messages()))
            .left("why", text -> String.join(" ", text.reasons()).toLowerCase(Locale.ROOT))
            .left("likeliest", text -> likeliest(text.categories()))
            .left("text", text -> shortened(text.text()))
            .of(pending.subList(0, Math.min(most, pending.size())));
    return "%s%n%s of %s texts (%s messages) wait for a review."
        .formatted(
            table,
            Numbers.count(Math.min(most, pending.size())),
            Numbers.count(pending.size()),
            Numbers.count(messages));
  }

  private static String likeliest(Map<String, Double> categories) {
    return categories.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(1)
        .map(
            category ->
                "%s %s"
                    .formatted(
                        category.getKey(), String.format(Locale.ROOT, "%.2f", category.getValue())))
        .collect(Collectors.joining());
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_TEXT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
  }
}

package dev.assay.reports;

import dev.assay.publishing.Delivery;
import dev.assay.publishing.OutboxSummary;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was delivered and what was not, in the terminal. */
public final class OutboxText {
  private static final int KEY = 12;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private OutboxText() {}

  /** One line for the end of a run; none if there was nothing to tell. */
  public static Optional<String> line(List<OutboxSummary> summaries) {
    List<String> parts = new ArrayList<>();
    for (OutboxSummary summary : summaries) {
      if (summary.delivered() + summary.waiting().size() + summary.parked().size() > 0) {
        parts.add(
            "%s %s delivered%s%s"
                .formatted(
                    summary.destination(),
                    Numbers.count(summary.delivered()),
                    summary.waiting().isEmpty()
                        ? ""
                        : ", %s waiting".formatted(Numbers.count(summary.waiting().size())),
                    summary.parked().isEmpty()
                        ? ""
                        : ", %s parked".formatted(Numbers.count(summary.parked().size()))));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("Announced: " + String.join(" · ", parts));
  }

  /** For who asks: a line per destination, and what is left with its reason. */
  public static String of(List<OutboxSummary> summaries) {
    if (summaries.isEmpty()) {
      return "The profile names no destination (publish: {files: {folder: PATH}}).";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        new TextTable<OutboxSummary>()
            .left("destination", OutboxSummary::destination)
            .right("delivered now", summary -> Numbers.count(summary.delivered()))
            .right("accepted", summary -> Numbers.count(summary.accepted().size()))
            .right("waiting", summary -> Numbers.count(summary.waiting().size()))
            .right("parked", summary -> Numbers.count(summary.parked().size()))
            .of(summaries));
    List<Delivery> left =
        summaries.stream()
            .flatMap(
                summary -> Stream.concat(summary.waiting().stream(), summary.parked().stream()))
            .toList();
    if (!left.isEmpty()) {
      parts.add(
          new TextTable<Delivery>()
              .left("key", line -> line.key().substring(0, KEY))
              .left("destination", Delivery::destination)
              .left("table", line -> line.table().toString())
              .left("what", line -> line.kind().text())
              .left("state", line -> line.state().name().toLowerCase(java.util.Locale.ROOT))
              .right("attempts", line -> Numbers.count(line.attempt()))
              .left("not before (UTC)", line -> line.until().map(MINUTE::format).orElse(""))
              .left("why", Delivery::reason)
              .of(left));
      parts.add("What is parked goes again with 'assay publish --retry KEY'.");
    }
    return String.join(System.lineSeparator() + System.lineSeparator(), parts);
  }
}

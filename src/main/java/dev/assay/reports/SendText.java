package dev.assay.reports;

import dev.assay.model.job.Send;
import dev.assay.sending.Fate;
import dev.assay.sending.SendSummary;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a call of a send job found and did, in the terminal. */
public final class SendText {
  private static final int SHOWN_KEYS = 20;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm 'UTC'");

  private SendText() {}

  private record Line(String what, long count) {}

  /** A table of counts, and what is to be said about them. */
  public static String of(Send job, SendSummary summary, boolean dryRun) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("messages", summary.messages()));
    lines.add(new Line("to send", summary.toSend()));
    lines.add(new Line("sent", summary.sent()));
    lines.add(new Line("already sent", summary.alreadySent()));
    lines.add(new Line("restricted", summary.count(Fate.RESTRICTED)));
    lines.add(new Line("review", summary.count(Fate.REVIEW)));
    lines.add(new Line("stale: text changed since its verdict", summary.count(Fate.STALE)));
    lines.add(new Line("without verdict", summary.count(Fate.UNJUDGED)));
    addIf(lines, "without address", summary.count(Fate.NO_ADDRESS));
    addIf(lines, "channel is none", summary.count(Fate.LEFT));
    addIf(lines, "same message again", summary.duplicates());
    addIf(lines, "held by the gate", summary.held());
    summary.refused().forEach((why, count) -> lines.add(new Line("refused: " + why, count)));
    lines.add(new Line("unknown", summary.unknown().size()));
    lines.add(new Line("waiting", summary.waiting()));
    summary.waitingFor().entrySet().stream()
        .filter(waiting -> !waiting.getKey().isEmpty())
        .forEach(
            waiting -> lines.add(new Line("  because " + waiting.getKey(), waiting.getValue())));
    String table =
        new TextTable<Line>()
            .left(job.name() + (dryRun ? " (dry run)" : ""), Line::what)
            .right("messages", line -> "%,d".formatted(line.count()))
            .of(lines);
    List<String> remarks = new ArrayList<>();
    summary.gateReasons().forEach(reason -> remarks.add("✗ held: " + reason));
    if (!summary.unknown().isEmpty()) {
      remarks.add(unknown(summary));
    }
    return remarks.isEmpty() ? table : table + "\n\n" + String.join("\n", remarks);
  }

  private static void addIf(List<Line> lines, String what, long count) {
    if (count > 0) {
      lines.add(new Line(what, count));
    }
  }

  private static String unknown(SendSummary summary) {
    List<String> keys = summary.unknown();
    String shown =
        String.join(", ", keys.subList(0, Math.min(SHOWN_KEYS, keys.size())))
            + (keys.size() > SHOWN_KEYS ? " and %,d more".formatted(keys.size() - SHOWN_KEYS) : "");
    String underWay =
        summary
            .underWayUntil()
            .map(
                until ->
                    " Another process may be sending some of them until %s."
                        .formatted(TIME.format(until.atOffset(ZoneOffset.UTC))))
            .orElse("");
    return "? nobody knows whether these were sent: %s.%s Ask the channel, or send them again with --resend-unknown; some may then arrive twice."
        .formatted(shown, underWay);
  }
}

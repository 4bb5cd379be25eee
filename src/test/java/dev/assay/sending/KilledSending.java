package dev.assay.sending;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a project's messages and dies, without a word, at a named point. */
final class KilledSending {
  private KilledSending() {}

  /** Of a project; when a point is reached for the so-manieth time; with a channel that appends. */
  public static void main(String[] arguments) {
    SendProject project = new SendProject(Path.of(arguments[0]));
    SendListener.Point last = SendListener.Point.valueOf(arguments[1]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
    Channel channel =
        arguments[3].equals("files")
            ? project.files()
            : new AppendingChannel(project.root().resolve("sent.log"));
    SendSummary summary =
        project.send(
            Map.of("sms", channel),
            SendOptions.USUAL,
            Clock.systemUTC(),
            (point, done, due) -> {
              if (point == last && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(137);
              }
            });
    System.out.println(summary);
    System.exit(summary.exit().code());
  }
}

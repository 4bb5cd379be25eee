package dev.assay.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets a long piece of work come to a good end when the process is asked to stop (Ctrl-C, TERM):
 * the work is told, and the process ends when it is done. Asked a second time, it ends at once. A
 * hook of the JVM would be too late: Iceberg's threads end by such hooks at the same time, and
 * nothing could be committed any more. A process that is killed is not asked.
 */
final class StopSignal implements AutoCloseable {
  private static final int BASE = 128;

  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  private StopSignal() {}

  /** Calls {@code stop} when the process is asked to end, until closed. */
  static StopSignal to(Runnable stop) {
    StopSignal signal = new StopSignal();
    signal.listen("INT", stop);
    signal.listen("TERM", stop);
    return signal;
  }

  /** The exit code that says that the process was asked to stop; empty if it was not. */
  OptionalInt exitCode() {
    return asked.get() == 0 ? OptionalInt.empty() : OptionalInt.of(asked.get());
  }

  private void listen(String name, Runnable stop) {
    try {
      Signal signal = new Signal(name);
      before.put(
          signal,
          Signal.handle(
              signal,
              heard -> {
                if (!asked.compareAndSet(0, BASE + heard.getNumber())) {
                  Runtime.getRuntime().halt(BASE + heard.getNumber());
                }
                stop.run();
              }));
    } catch (IllegalArgumentException e) {
      // a system without this signal, or a JVM that keeps it to itself: then it ends as usual
      return;
    }
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}

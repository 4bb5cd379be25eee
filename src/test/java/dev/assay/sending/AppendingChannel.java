package dev.assay.sending;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A line per message, and a line more for each repeat: like a service without request tokens. */
final class AppendingChannel implements Channel {
  private final Path log;

  AppendingChannel(Path log) {
    this.log = log;
  }

  @Override
  public SendOutcome send(Outgoing message) {
    try {
      Files.writeString(
          log,
          message.address() + " " + message.deliveryKey() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return new SendOutcome.Sent("line");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Repeats repeats() {
    return Repeats.NEVER;
  }

  List<String> sent() {
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

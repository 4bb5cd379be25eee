package dev.assay.messages.comprehend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Hands each line to the operating system at once: the end of this process loses none. */
final class LocalJournalWriter implements JournalWriter {
  private final OutputStream answers;
  private final OutputStream charges;

  LocalJournalWriter(Path name) throws IOException {
    Files.createDirectories(name.toAbsolutePath().getParent());
    this.answers = open(name, Journal.ANSWERS);
    this.charges = open(name, Journal.CHARGES);
  }

  private static OutputStream open(Path name, String ending) throws IOException {
    return Files.newOutputStream(
        name.resolveSibling(name.getFileName() + ending),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public void add(Answer answer) throws IOException {
    write(answers, answer.line());
  }

  @Override
  public void add(Charge charge) throws IOException {
    write(charges, charge.line());
  }

  private synchronized void write(OutputStream file, String line) throws IOException {
    file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void close() throws IOException {
    try (OutputStream both = charges) {
      answers.close();
    }
  }
}

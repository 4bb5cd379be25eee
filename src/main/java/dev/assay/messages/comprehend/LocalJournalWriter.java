package dev.assay.messages.comprehend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Hands each answer to the operating system at once: the end of this process loses none. */
final class LocalJournalWriter implements JournalWriter {
  private final OutputStream file;

  LocalJournalWriter(Path name, String ending) throws IOException {
    Path path = name.resolveSibling(name.getFileName() + ending);
    Files.createDirectories(path.toAbsolutePath().getParent());
    this.file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void add(Answer answer) throws IOException {
    file.write((answer.line() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}

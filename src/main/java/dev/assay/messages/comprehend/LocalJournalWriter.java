package dev.assay.messages.comprehend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Hands each line to the operating system at once: the end of this process loses none. */
final class LocalJournalWriter implements JournalWriter {
  private final Lines answers;
  private final Lines charges;

  LocalJournalWriter(Path name) throws IOException {
    Files.createDirectories(name.toAbsolutePath().getParent());
    this.answers = new Lines(name.resolveSibling(name.getFileName() + Journal.ANSWERS));
    this.charges = new Lines(name.resolveSibling(name.getFileName() + Journal.CHARGES));
  }

  /** A file that is there from its first line on. */
  private static final class Lines implements AutoCloseable {
    private final Path path;
    private @Nullable OutputStream file;

    Lines(Path path) {
      this.path = path;
    }

    void add(String line) throws IOException {
      if (file == null) {
        file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  @Override
  public synchronized void add(Answer answer) throws IOException {
    answers.add(answer.line());
  }

  @Override
  public synchronized void add(Charge charge) throws IOException {
    charges.add(charge.line());
  }

  @Override
  public synchronized void close() throws IOException {
    try (Lines both = charges) {
      answers.close();
    }
  }
}

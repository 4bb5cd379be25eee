package dev.assay.messages.comprehend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers and the charges of each second into files of their own, for storage that makes
 * a file durable only when it is closed, as S3 does: the end of this process loses a second.
 */
final class SegmentJournalWriter implements JournalWriter {
  private final FileSystem fileSystem;
  private final String name;
  private final Object waiting = new Object();
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private final ByteArrayOutputStream charges = new ByteArrayOutputStream();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "comprehend-journal");
            thread.setDaemon(true);
            return thread;
          });
  private int segments;
  private @Nullable IOException failure;

  SegmentJournalWriter(FileSystem fileSystem, String name) {
    this.fileSystem = fileSystem;
    this.name = name;
    var unused = clock.scheduleWithFixedDelay(this::writeQuietly, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void add(Answer answer) throws IOException {
    add(answers, answer.line());
  }

  @Override
  public void add(Charge charge) throws IOException {
    add(charges, charge.line());
  }

  private void add(ByteArrayOutputStream to, String line) throws IOException {
    synchronized (waiting) {
      check();
      to.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IOException("the journal does not end: " + name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing the journal " + name, e);
    }
    write();
    synchronized (waiting) {
      check();
    }
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException("could not write a part of the journal " + name, failure);
    }
  }

  private void writeQuietly() {
    try {
      write();
    } catch (IOException e) {
      synchronized (waiting) {
        failure = e;
      }
    }
  }

  private void write() throws IOException {
    byte[] charged;
    byte[] answered;
    synchronized (waiting) {
      charged = taken(charges);
      answered = taken(answers);
    }
    write(charged, Journal.CHARGES);
    write(answered, Journal.ANSWERS);
    segments++;
  }

  private static byte[] taken(ByteArrayOutputStream from) {
    byte[] lines = from.toByteArray();
    from.reset();
    return lines;
  }

  private void write(byte[] lines, String ending) throws IOException {
    if (lines.length > 0) {
      Path path = new Path("%s-%05d%s".formatted(name, segments, ending));
      try (OutputStream segment = fileSystem.create(path, false)) {
        segment.write(lines);
      }
    }
  }
}

package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;

/**
 * A few threads that ask questions in their order, at most so many at a time, and write each answer
 * down as soon as it is there. The first failure ends the work once the calls in flight are over.
 */
final class Crew {
  private final int threads;
  private final EndpointQuestion question;
  private final JournalWriter journal;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final AtomicLong answered = new AtomicLong();

  Crew(int threads, EndpointQuestion question, JournalWriter journal) {
    this.threads = threads;
    this.question = question;
    this.journal = journal;
  }

  /**
   * @param before hashes that are answered already
   */
  TaskReport work(Iterator<Row> questions, Set<String> before) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Semaphore idle = new Semaphore(threads);
    try {
      while (failure.get() == null && questions.hasNext()) {
        Row next = questions.next();
        if (!before.contains(next.getString(0))) {
          ask(next.getString(0), Cut.of(next.getString(1), Cut.CLASSIFY_BYTES), idle, pool);
        }
      }
      pool.shutdown();
      if (!pool.awaitTermination(1, TimeUnit.HOURS)) {
        throw new IllegalStateException("calls in flight do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Comprehend", e);
    } finally {
      pool.shutdownNow();
    }
    return report();
  }

  private void ask(String hash, Cut text, Semaphore idle, ExecutorService pool)
      throws InterruptedException {
    if (text.text().isBlank()) {
      // the service takes no empty text
      keep(Answer.refusal(hash, text.truncated()));
      return;
    }
    idle.acquire();
    if (failure.get() != null) {
      return;
    }
    question.await(text);
    pool.execute(
        () -> {
          try {
            keep(question.ask(hash, text));
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
          } finally {
            idle.release();
          }
        });
  }

  private void keep(Answer answer) {
    try {
      journal.add(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of answers cannot be written", e);
    }
    answered.incrementAndGet();
  }

  private TaskReport report() {
    RuntimeException failed = failure.get();
    if (failed instanceof AssayException ours) {
      return new TaskReport(
          question.spent(), answered.get(), new TaskReport.Failed(ours.kind(), ours.getMessage()));
    }
    if (failed != null) {
      throw failed;
    }
    return new TaskReport(question.spent(), answered.get(), null);
  }
}

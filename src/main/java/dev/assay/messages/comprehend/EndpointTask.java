package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import software.amazon.awssdk.services.comprehend.ComprehendClient;

/** Asks an endpoint about the questions of a partition, with a share of the quota. */
final class EndpointTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Connection connection;
  private final String endpoint;
  private final String compliant;
  private final int threads;
  private final int unitCharacters;
  private final int minimumUnits;
  private final double charactersPerSecond;
  private final double documentsPerSecond;
  private final Journal journal;
  private final String run;

  /**
   * @param share of the quota, for each task
   * @param run what this run's files in the journal begin with
   */
  EndpointTask(ComprehendSettings settings, ComprehendRate share, Journal journal, String run) {
    ComprehendPrices prices = new Charges(settings).prices();
    this.connection = Connection.of(settings);
    this.endpoint = Models.endpoint(settings);
    this.compliant = settings.compliantLabel();
    this.threads = settings.threads();
    this.unitCharacters = prices.unitCharacters();
    this.minimumUnits = prices.minimumUnits();
    this.charactersPerSecond = share.charactersPerSecond();
    this.documentsPerSecond = share.documentsPerSecond();
    this.journal = journal;
    this.run = run;
  }

  TaskReport ask(int partition, Iterator<Row> questions) {
    String task = "task%05d".formatted(partition);
    int attempt = TaskContext.get() == null ? 0 : TaskContext.get().attemptNumber();
    try {
      return ask(task, attempt, questions);
    } catch (AssayException e) {
      return new TaskReport(Tally.NOTHING, 0, new TaskReport.Failed(e.kind(), e.getMessage()));
    }
  }

  private TaskReport ask(String task, int attempt, Iterator<Row> questions) {
    // Spark repeats a task whose machine was lost
    Set<String> before = attempt == 0 ? new TreeSet<>() : journal.answeredBefore(run, task);
    try (ComprehendClient client = connection.open();
        JournalWriter writer = journal.open(run, task, attempt)) {
      Pace pace =
          new Pace(new ComprehendRate(charactersPerSecond, documentsPerSecond), System::nanoTime);
      EndpointQuestion question =
          new EndpointQuestion(
              client,
              endpoint,
              compliant,
              Attempts.usual(),
              pace,
              Pause.SLEEP,
              this::units,
              writer);
      return new Crew(threads, question, writer).work(questions, before);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of answers cannot be written", e);
    }
  }

  private long units(long characters) {
    return Math.max(minimumUnits, (characters + unitCharacters - 1) / unitCharacters);
  }
}

package dev.assay.prepare;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RowRule;
import dev.assay.model.job.Job;
import dev.assay.model.job.Step;
import java.util.concurrent.Callable;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParserInterface;

/** Reads the SQL of a job as Spark would, without a session and without its columns. */
public final class JobSyntax {
  private final ParserInterface parser = new CatalystSqlParser();
  private final Job job;

  private JobSyntax(Job job) {
    this.job = job;
  }

  /**
   * Checks the SQL in steps, merge settings and statement.
   *
   * @throws AssayException that names the place of the first that Spark cannot read
   */
  public static void check(Job job) {
    new JobSyntax(job).check();
  }

  private void check() {
    for (int number = 1; number <= job.steps().size(); number++) {
      step("step " + number, job.steps().get(number - 1));
    }
    job.output().deletes().ifPresent(sql -> expression("output.deletes", sql));
    job.sql().ifPresent(sql -> query("sql", sql));
  }

  private void step(String place, Step step) {
    if (step instanceof Step.Filter filter) {
      expression(place + ", filter", filter.condition());
    } else if (step instanceof Step.Derive derive) {
      derive.expressions().forEach((name, sql) -> expression(place + ", derive " + name, sql));
    } else if (step instanceof Step.Deduplicate deduplicate) {
      deduplicate
          .order()
          .forEach(sql -> query(place + ", deduplicate order", "SELECT 1 ORDER BY " + sql));
    } else if (step instanceof Step.RowRules rules) {
      for (RowRule rule : rules.rules()) {
        expression(place + ", row rule " + rule.id(), rule.predicate());
      }
    }
  }

  private void expression(String place, String sql) {
    read(place, () -> parser.parseExpression(sql));
  }

  private void query(String place, String sql) {
    read(place, () -> parser.parsePlan(sql));
  }

  private void read(String place, Callable<?> reading) {
    try {
      reading.call();
    } catch (Exception e) {
      String message = e.getMessage() == null ? "" : e.getMessage().strip().split("\\R", 2)[0];
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: %s: Spark cannot read the SQL: %s".formatted(job.file(), place, message),
          e);
    }
  }
}

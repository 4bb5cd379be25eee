package dev.assay.prepare;

import dev.assay.model.RowRule;
import dev.assay.model.job.Job;
import dev.assay.model.job.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;

/** Reads the SQL of a job as Spark would, without a session and without its columns. */
public final class JobSyntax {
  private static final String BEFORE_ORDER = "SELECT 1 ORDER BY ";

  private final ParserInterface parser = new CatalystSqlParser();

  /**
   * SQL that Spark cannot read.
   *
   * @param path keys of the job file that lead to it; of lists the number of the item, from 0
   * @param offset where in the text Spark stopped, from 0; its length, if it ends too early
   * @param found what Spark says of it
   */
  public record Mistake(List<String> path, String sql, int offset, String found) {}

  private record Text(List<String> path, String sql) {
    static Text at(String sql, Object... path) {
      return new Text(Arrays.stream(path).map(String::valueOf).toList(), sql);
    }
  }

  private JobSyntax() {}

  /** The first mistake in steps, merge settings and statement. */
  public static Optional<Mistake> mistake(Job job) {
    JobSyntax syntax = new JobSyntax();
    for (int number = 0; number < job.steps().size(); number++) {
      Optional<Mistake> mistake = syntax.inStep(number, job.steps().get(number));
      if (mistake.isPresent()) {
        return mistake;
      }
    }
    return job.output()
        .deletes()
        .flatMap(sql -> syntax.expression(Text.at(sql, "output", "deletes")))
        .or(() -> job.sql().flatMap(sql -> syntax.query("", Text.at(sql, "sql"))));
  }

  private Optional<Mistake> inStep(int number, Step step) {
    if (step instanceof Step.Filter filter) {
      return expression(Text.at(filter.condition(), "steps", number, "filter"));
    }
    if (step instanceof Step.Derive derive) {
      return derive.expressions().entrySet().stream()
          .map(column -> Text.at(column.getValue(), "steps", number, "derive", column.getKey()))
          .flatMap(text -> expression(text).stream())
          .findFirst();
    }
    if (step instanceof Step.Deduplicate deduplicate) {
      return IntStream.range(0, deduplicate.order().size())
          .mapToObj(
              item ->
                  Text.at(
                      deduplicate.order().get(item), "steps", number, "deduplicate", "order", item))
          .flatMap(text -> query(BEFORE_ORDER, text).stream())
          .findFirst();
    }
    if (step instanceof Step.RowRules rules) {
      return rules.rules().stream()
          .map((RowRule rule) -> Text.at(rule.predicate(), "steps", number, "row-rules", rule.id()))
          .flatMap(text -> expression(text).stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private Optional<Mistake> expression(Text text) {
    return read(text, 0, () -> parser.parseExpression(text.sql()));
  }

  private Optional<Mistake> query(String before, Text text) {
    return read(text, before.length(), () -> parser.parsePlan(before + text.sql()));
  }

  private interface Reading {
    Object read() throws ParseException;
  }

  private static Optional<Mistake> read(Text text, int before, Reading reading) {
    try {
      Object unused = reading.read();
      return Optional.empty();
    } catch (ParseException e) {
      int offset = offset(text.sql(), before, e);
      return Optional.of(new Mistake(text.path(), text.sql(), offset, said(e)));
    }
  }

  /** Spark counts lines from 1 and places in them from 0; the first line has what stands before. */
  private static int offset(String sql, int before, ParseException mistake) {
    int line = (Integer) mistake.start().line().getOrElse(() -> 1);
    int place = (Integer) mistake.start().startPosition().getOrElse(() -> 0);
    int start = 0;
    for (int number = 1; number < line; number++) {
      start = sql.indexOf('\n', start) + 1;
    }
    int offset = start + place - (line == 1 ? before : 0);
    return Math.max(0, Math.min(offset, sql.length()));
  }

  /** The first line, without the place in the text: the reader is told that in the file. */
  private static String said(ParseException mistake) {
    String message = Objects.requireNonNullElse(mistake.getMessage(), "");
    return message
        .strip()
        .split("\\R", 2)[0]
        .replaceFirst("\\s*\\(line \\d+, pos \\d+\\)$", "")
        .replaceFirst("\\.$", "");
  }
}

package dev.assay.pipeline;

import dev.assay.jobs.JobColumns;
import dev.assay.jobs.JobPlaces;
import dev.assay.model.AssayException;
import dev.assay.model.Nearest;
import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.JobKind;
import dev.assay.prepare.ProductSyntax;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What can be said of jobs that were read together before any of them runs: whether the columns,
 * tables and labels that they name are there, as far as their files tell.
 */
public final class JobCheck {
  private static final Set<String> MADE_BY_JOBS = Set.of("prepared", "semantic");

  private final Map<TableName, Job> writers = new HashMap<>();
  private final Map<TableName, List<String>> columns = new HashMap<>();
  private final Set<TableName> visited = new HashSet<>();

  /** Checks jobs that are known together; of any number of pipelines. */
  public JobCheck(Iterable<Job> jobs) {
    jobs.forEach(job -> writers.put(job.output().table(), job));
  }

  /**
   * Checks one of them.
   *
   * @return what is no error but worth a look, a sentence each
   * @throws AssayException at the first name that is not there
   */
  public List<String> check(Job job, Ruleset rules) {
    JobSql.check(job);
    JobPlaces places = JobPlaces.of(job);
    job.sql().ifPresent(sql -> checkTables(job, sql, places));
    columnsOf(job, places).ifPresent(made -> JobColumns.checkOutput(job, made, places));
    checkLabels(job, rules, places);
    return unknownTables(job, places);
  }

  /** The columns of a job's rows, through the jobs whose tables it reads. */
  private Optional<List<String>> columnsOf(Job job, JobPlaces places) {
    if (job.kind() == JobKind.BUILD) {
      return job.sql().flatMap(ProductSyntax::of).flatMap(ProductSyntax::columns);
    }
    for (Input input : job.inputs().values()) {
      if (input instanceof Input.Table table) {
        learn(table.table());
      }
    }
    return JobColumns.ofSteps(job, columns, places);
  }

  private void learn(TableName table) {
    Job writer = writers.get(table);
    if (writer == null || !visited.add(table)) {
      return;
    }
    try {
      JobPlaces places = JobPlaces.of(writer);
      columnsOf(writer, places)
          .map(made -> JobColumns.checkOutput(writer, made, places))
          .ifPresent(found -> columns.put(table, found));
    } catch (AssayException e) {
      // it is said of the job that writes the table; of this one nothing is known then
      visited.add(table);
    }
  }

  private static void checkTables(Job job, String sql, JobPlaces places) {
    Map<String, Integer> tables = ProductSyntax.of(sql).map(ProductSyntax::tables).orElse(Map.of());
    tables.forEach(
        (table, offset) -> {
          if (job.inputs().keySet().stream().noneMatch(table::equalsIgnoreCase)) {
            throw places.errorInText(
                sql,
                offset,
                "the sql reads '%s', which is not among the job's inputs".formatted(table),
                Nearest.suggestion(table, job.inputs().keySet()),
                "sql");
          }
        });
  }

  /** A label that no rule has would let everything pass without a word. */
  static void checkLabels(Job job, Ruleset rules, JobPlaces places) {
    boolean unread =
        rules.entries().stream()
            .anyMatch(entry -> entry.expression() instanceof RuleExpression.Bad);
    if (unread) {
      // nobody knows the labels of a rule that cannot be read
      return;
    }
    Set<String> known = new TreeSet<>();
    rules.entries().forEach(entry -> entry.labels().forEach((k, v) -> known.add(k + ": " + v)));
    job.gate()
        .mustPass()
        .forEach(
            (label, value) -> {
              String wanted = label + ": " + value;
              if (!known.contains(wanted)) {
                throw places.error(
                    "no rule of %s has the label '%s'".formatted(rules.file(), wanted),
                    known.isEmpty()
                        ? "Its rules have no labels."
                        : Nearest.suggestion(wanted, known),
                    "gate",
                    "must-pass",
                    label);
              }
            });
  }

  private List<String> unknownTables(Job job, JobPlaces places) {
    List<String> remarks = new ArrayList<>();
    job.inputs()
        .forEach(
            (alias, input) -> {
              if (input instanceof Input.Table table) {
                remark(table.table(), places, "inputs", alias).ifPresent(remarks::add);
              }
            });
    job.references()
        .forEach(
            (alias, table) -> remark(table, places, "references", alias).ifPresent(remarks::add));
    return remarks;
  }

  private Optional<String> remark(TableName table, JobPlaces places, String... path) {
    if (writers.containsKey(table) || !MADE_BY_JOBS.contains(table.layer())) {
      return Optional.empty();
    }
    List<String> known = writers.keySet().stream().map(TableName::toString).sorted().toList();
    return Optional.of(
        "%s: none of the jobs that were checked writes %s.%s"
            .formatted(
                places.at(path),
                table,
                Nearest.to(Objects.toString(table), known)
                    .map(" Did you mean '%s'?"::formatted)
                    .orElse("")));
  }
}

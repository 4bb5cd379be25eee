package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.Nearest;
import dev.assay.model.TableName;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.JobKind;
import dev.assay.model.job.Output;
import dev.assay.model.job.Protection;
import dev.assay.model.job.RenameProblem;
import dev.assay.model.job.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the columns of a job, where its files tell them, from its input through its steps to its
 * output, and refuses names that are not there.
 */
public final class JobColumns {
  private static final Pattern TRANSFORM =
      Pattern.compile(
          "(?:years|months|days|hours|bucket|truncate)\\((?:\\d+\\s*,\\s*)?([^,)]+)\\)");

  private final Job job;
  private final JobPlaces places;

  private JobColumns(Job job, JobPlaces places) {
    this.job = job;
    this.places = places;
  }

  /**
   * Checks the steps of a prepare job.
   *
   * @param tables the columns of tables, as far as they are known
   * @return the columns that it yields, if its input's are known
   * @throws AssayException if a step names a column that is not there, or gives a name twice
   */
  public static Optional<List<String>> ofSteps(
      Job job, Map<TableName, List<String>> tables, JobPlaces places) {
    if (job.kind() != JobKind.PREPARE || job.inputs().size() != 1) {
      return Optional.empty();
    }
    return ofInput(job.inputs().values().iterator().next(), tables)
        .map(new JobColumns(job, places)::afterSteps);
  }

  private static Optional<List<String>> ofInput(Input input, Map<TableName, List<String>> tables) {
    if (input instanceof Input.Table table) {
      // a snapshot may have had others
      return table.snapshot().isPresent()
          ? Optional.empty()
          : Optional.ofNullable(tables.get(table.table()));
    }
    List<ColumnSpec> columns = ((Input.Files) input).columns();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(columns.stream().map(ColumnSpec::name).toList());
  }

  /**
   * Checks what the output says about columns.
   *
   * @param made the columns of the job's rows
   * @return the columns of its table
   * @throws AssayException at the first name that is not there
   */
  public static List<String> checkOutput(Job job, List<String> made, JobPlaces places) {
    List<String> columns = new ArrayList<>(made);
    Output output = job.output();
    if (output.mode() == Output.Mode.APPEND) {
      columns.add(Output.DATE_COLUMN);
    }
    JobColumns check = new JobColumns(job, places);
    for (int index = 0; index < output.keys().size(); index++) {
      String key = output.keys().get(index);
      // of a key Spark does not tell case apart, of what follows Iceberg does
      if (columns.stream().noneMatch(key::equalsIgnoreCase)) {
        throw check.absent(key, columns, "output", "keys", String.valueOf(index));
      }
    }
    check.requireParts("partition", output.partition(), columns);
    check.requireParts("sort", output.sort(), columns);
    // a name that is wrong here would leave a column open that is about people
    check.requirePublished("personal-data", job.publish().personalData(), columns);
    check.requirePublished("statistics", job.publish().statistics(), columns);
    return columns;
  }

  private void requireParts(String key, List<String> parts, List<String> columns) {
    for (int index = 0; index < parts.size(); index++) {
      String part = parts.get(index).trim();
      Matcher transform = TRANSFORM.matcher(part);
      String column = transform.matches() ? transform.group(1).trim() : part;
      String outer = column.split("[.]", 2)[0];
      if (!columns.contains(column) && !columns.contains(outer)) {
        throw absent(column, columns, "output", key, String.valueOf(index));
      }
    }
  }

  private void requirePublished(String key, List<String> named, List<String> columns) {
    for (int index = 0; index < named.size(); index++) {
      String outer = named.get(index).split("[.]", 2)[0];
      if (columns.stream().noneMatch(outer::equalsIgnoreCase)) {
        throw absent(named.get(index), columns, "publish", key, String.valueOf(index));
      }
    }
  }

  private AssayException absent(String column, List<String> columns, String... path) {
    return places.error(
        "the rows have no column '%s'".formatted(column),
        Nearest.suggestion(column, columns),
        path);
  }

  private List<String> afterSteps(List<String> input) {
    List<String> columns = input;
    for (int index = 0; index < job.steps().size(); index++) {
      Step step = job.steps().get(index);
      String number = String.valueOf(index);
      if (step instanceof Step.Renaming renaming) {
        Optional<RenameProblem> problem = RenameProblem.of(renaming, columns);
        if (problem.isPresent()) {
          throw places.error(problem.get().found(), problem.get().remedy(), "steps", number);
        }
      } else {
        requireNamed(step, number, columns);
      }
      columns = after(step, columns);
    }
    return columns;
  }

  private void requireNamed(Step step, String number, List<String> columns) {
    if (step instanceof Step.Cast cast) {
      inKeys(cast.columns().stream().map(ColumnSpec::name).toList(), columns, number, "cast");
    } else if (step instanceof Step.Normalise normalise) {
      inKeys(normalise.columns().keySet(), columns, number, "normalise");
    } else if (step instanceof Step.Protect protect) {
      inKeys(protect.columns().keySet(), columns, number, "protect");
    } else if (step instanceof Step.Trim trim) {
      inList(trim.columns(), columns, "steps", number, "trim");
    } else if (step instanceof Step.Drop drop) {
      inList(drop.columns(), columns, "steps", number, "drop");
    } else if (step instanceof Step.Deduplicate deduplicate) {
      inList(deduplicate.keys(), columns, "steps", number, "deduplicate", "keys");
    }
  }

  private void inKeys(Iterable<String> names, List<String> columns, String number, String step) {
    for (String name : names) {
      if (!columns.contains(name)) {
        throw places.errorAtKey(
            "there is no column '%s' at this point".formatted(name),
            Nearest.suggestion(name, columns),
            "steps",
            number,
            step,
            name);
      }
    }
  }

  private void inList(List<String> names, List<String> columns, String... path) {
    for (int index = 0; index < names.size(); index++) {
      if (!columns.contains(names.get(index))) {
        String[] place = java.util.Arrays.copyOf(path, path.length + 1);
        place[path.length] = String.valueOf(index);
        throw places.error(
            "there is no column '%s' at this point".formatted(names.get(index)),
            Nearest.suggestion(names.get(index), columns),
            place);
      }
    }
  }

  private static List<String> after(Step step, List<String> columns) {
    if (step instanceof Step.Renaming renaming) {
      return RenameProblem.after(renaming, columns);
    }
    List<String> after = new ArrayList<>(columns);
    if (step instanceof Step.Derive derive) {
      derive.expressions().keySet().stream()
          .filter(column -> !after.contains(column))
          .forEach(after::add);
    } else if (step instanceof Step.Drop drop) {
      after.removeAll(drop.columns());
    } else if (step instanceof Step.Protect protect) {
      after.removeIf(column -> protect.columns().get(column) == Protection.DROP);
    }
    return after;
  }
}

package dev.assay.suggest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline of one job, with its ruleset, as files to be reviewed.
 *
 * @param name of pipeline, job and table
 * @param input the lines of the job's input, indented as they stand there
 * @param columns what is known of the columns
 * @param declared whether the job declares its columns
 * @param rules further rules, from metadata
 */
public record Proposal(
    String name,
    List<String> input,
    List<ColumnGuess> columns,
    boolean declared,
    List<String> rules) {
  public Proposal {
    input = List.copyOf(input);
    columns = withNamesOfTheirOwn(columns);
    rules = List.copyOf(rules);
  }

  /** What is left of two names may be the same. */
  private static List<ColumnGuess> withNamesOfTheirOwn(List<ColumnGuess> columns) {
    Set<String> taken = new HashSet<>();
    List<ColumnGuess> own = new ArrayList<>();
    for (ColumnGuess column : columns) {
      String name = column.name();
      for (int next = 2; !taken.add(name); next++) {
        name = column.name() + "_" + next;
      }
      own.add(column.named(name));
    }
    return List.copyOf(own);
  }

  public String pipelineFile() {
    return render("pipeline.yaml.ftl");
  }

  public String jobFile() {
    return render("job.yaml.ftl");
  }

  public String ruleset() {
    return render("ruleset.dqdl.ftl");
  }

  /** The column that looks most like a key: the first unique and complete one, ids first. */
  public Optional<String> key() {
    List<String> candidates =
        columns.stream()
            .filter(column -> column.complete() && column.unique() && column.personal().isEmpty())
            .filter(column -> column.type().matches("int|bigint|string"))
            .map(ColumnGuess::name)
            .toList();
    return candidates.stream()
        .filter(column -> column.matches(".*(^|_)(id|key|code|number|no|nr|vin|uuid)$|.*id$"))
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }

  private String render(String template) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", name);
    model.put("input", input);
    model.put("columns", columns.stream().map(Proposal::column).toList());
    model.put("declared", declared);
    model.put("renames", columns.stream().anyMatch(ColumnGuess::renamed));
    model.put("personal", columns.stream().anyMatch(column -> column.personal().isPresent()));
    model.put("key", key().orElse(""));
    model.put("rules", rules);
    return Templates.of("suggest").text(template, model);
  }

  private static Map<String, Object> column(ColumnGuess guess) {
    Map<String, Object> column = new LinkedHashMap<>();
    column.put("source", quoted(guess.source()));
    column.put("name", guess.name());
    column.put("renamed", guess.renamed());
    column.put("type", quoted(guess.type()));
    column.put("format", guess.format().map(Proposal::quoted).orElse(""));
    column.put("complete", guess.complete());
    column.put("personal", guess.personal().orElse(""));
    column.put(
        "values",
        guess.values().stream()
            .map(value -> value.replace("\\", "\\\\").replace("\"", "\\\""))
            .toList());
    return column;
  }

  /** A YAML scalar that means just this text. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9_]*") && !text.matches("(?i)true|false|null|yes|no|y|n")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
  }
}

package dev.assay.jobs;

import dev.assay.model.RowRule;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Protection;
import dev.assay.model.job.Step;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the steps of a prepare job. */
final class StepReader {
  private static final String[] STEPS = {
    "rename",
    "rename-by",
    "cast",
    "trim",
    "normalise",
    "derive",
    "drop",
    "filter",
    "deduplicate",
    "protect",
    "row-rules"
  };

  private final Path folder;

  StepReader(Path folder) {
    this.folder = folder;
  }

  List<Step> steps(Yaml list) {
    List<Step> steps = new ArrayList<>();
    for (Yaml item : list.items()) {
      if (item.entries().size() != 1) {
        throw item.error(
            "a step has %d keys".formatted(item.entries().size()),
            "Expected one key per step: put a dash before each.");
      }
      item.allow(STEPS);
      String name = item.entries().keySet().iterator().next();
      steps.add(step(name, item.require(name)));
    }
    return steps;
  }

  private Step step(String name, Yaml value) {
    return switch (name) {
      case "rename" -> new Step.Rename(texts(value));
      case "rename-by" -> new Step.RenameBy(mapping(value));
      case "cast" -> new Step.Cast(columns(value));
      case "trim" -> new Step.Trim(value.texts());
      case "normalise" -> {
        Map<String, Step.Normalise.Form> forms = new LinkedHashMap<>();
        value
            .entries()
            .forEach((column, form) -> forms.put(column, form.choice(Step.Normalise.Form.class)));
        yield new Step.Normalise(forms);
      }
      case "derive" -> new Step.Derive(texts(value));
      case "drop" -> new Step.Drop(value.texts());
      case "filter" -> new Step.Filter(value.text());
      case "deduplicate" -> {
        value.allow("keys", "order");
        yield new Step.Deduplicate(
            value.require("keys").texts(), value.find("order").map(Yaml::texts).orElse(List.of()));
      }
      case "protect" -> {
        Map<String, Protection> protections = new LinkedHashMap<>();
        value
            .entries()
            .forEach((column, how) -> protections.put(column, how.choice(Protection.class)));
        yield new Step.Protect(protections);
      }
      case "row-rules" -> {
        List<RowRule> rules = new ArrayList<>();
        texts(value).forEach((id, predicate) -> rules.add(new RowRule(id, predicate)));
        yield new Step.RowRules(rules);
      }
      default -> throw new IllegalStateException("unread step " + name);
    };
  }

  /** Columns by name: a type, or a mapping with {@code type}, {@code format}, {@code nullable}. */
  static List<ColumnSpec> columns(Yaml value) {
    List<ColumnSpec> columns = new ArrayList<>();
    value
        .entries()
        .forEach(
            (name, spec) -> {
              if (spec.isMapping()) {
                spec.allow("type", "format", "nullable");
                String type = spec.require("type").as(SqlType::check);
                columns.add(
                    new ColumnSpec(
                        name,
                        type,
                        spec.find("format").map(format -> format(format, type)),
                        spec.find("nullable").map(Yaml::bool).orElse(true)));
              } else {
                columns.add(new ColumnSpec(name, spec.as(SqlType::check), Optional.empty(), true));
              }
            });
    return columns;
  }

  private static String format(Yaml yaml, String type) {
    String format = yaml.text();
    if (!type.equals("date") && !type.equals("timestamp")) {
      return format;
    }
    String letters = format.replaceAll("'[^']*'", "");
    if (letters.matches(".*[YD].*")) {
      throw yaml.error(
          "'%s' has Y or D, the year of a week and the day of a year".formatted(format),
          "Did you mean '%s'?".formatted(format.replace('Y', 'y').replace('D', 'd')));
    }
    try {
      DateTimeFormatter unused = DateTimeFormatter.ofPattern(format);
      return format;
    } catch (IllegalArgumentException e) {
      throw yaml.error(
          "'%s' is no pattern for a %s".formatted(format, type),
          "Expected one such as yyyy-MM-dd or dd.MM.yyyy HH:mm:ss.");
    }
  }

  private Map<String, String> mapping(Yaml value) {
    Path file = folder.resolve(value.text());
    Yaml mapping = JobFiles.read(file, value.variables(), value);
    return texts(mapping);
  }

  static Map<String, String> texts(Yaml value) {
    Map<String, String> texts = new LinkedHashMap<>();
    value.entries().forEach((key, text) -> texts.put(key, text.text()));
    return texts;
  }
}

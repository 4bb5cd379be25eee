package dev.assay.jobs;

import dev.assay.model.job.Training;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads train jobs. Paths in them start at the job file's folder. */
public final class TrainingReader {
  private static final String DELIMITERS = "~!@#$%^*-_+=|\\:;>?/";

  private TrainingReader() {}

  /**
   * Reads a train job.
   *
   * @param variables values for {@code ${name}}
   * @throws InvalidJobException if the file cannot be used as written
   */
  public static Training read(Path file, Map<String, String> variables) {
    return read(file, new Variables(variables, java.time.LocalDate.EPOCH));
  }

  static Training read(Path file, Variables variables) {
    Yaml yaml = JobFiles.read(file, variables, null);
    yaml.allow(
        "kind",
        "name",
        "by",
        "description",
        "texts",
        "test",
        "delimiter",
        "compliant",
        "categories",
        "language",
        "target-recall",
        "folds",
        "reviews",
        "max-cost");
    Yaml kind = yaml.require("kind");
    if (!kind.text().equals("train")) {
      throw kind.error(
          "'kind' is '%s'".formatted(kind.text()), "Expected train; 'assay run' runs other kinds.");
    }
    Path folder = JobFiles.parent(file);
    String compliant = yaml.find("compliant").map(Yaml::text).orElse("compliant");
    List<String> categories = yaml.require("categories").texts();
    if (categories.isEmpty() || categories.contains(compliant)) {
      throw yaml.require("categories")
          .error(
              "the categories are %s".formatted(categories),
              "Expected at least one, and '%s' not among them.".formatted(compliant));
    }
    Training.By by =
        yaml.find("by").map(who -> who.choice(Training.By.class)).orElse(Training.By.LOCAL);
    checkKeys(yaml, by);
    return new Training(
        yaml.require("name").as(JobReader::name),
        by,
        yaml.find("description").map(Yaml::text).orElse(""),
        file,
        folder.resolve(yaml.require("texts").text()),
        yaml.find("test").map(test -> folder.resolve(test.text())),
        yaml.find("delimiter").map(TrainingReader::delimiter).orElse('|'),
        compliant,
        categories,
        yaml.find("language").map(Yaml::text).orElse("en"),
        yaml.find("target-recall").map(TrainingReader::recall).orElse(0.9),
        yaml.find("folds").map(TrainingReader::folds).orElse(3),
        yaml.find("reviews").map(Yaml::bool).orElse(true),
        yaml.find("max-cost").map(TrainingReader::cost));
  }

  /** Keys that one trainer has and the other has not. */
  private static void checkKeys(Yaml yaml, Training.By by) {
    boolean local = by == Training.By.LOCAL;
    for (String key : local ? List.of("max-cost") : List.of("target-recall", "folds")) {
      yaml.find(key)
          .ifPresent(
              value -> {
                throw value.error(
                    "'%s' is no key of a training by %s".formatted(key, Yaml.nameOf(by)),
                    local
                        ? "A local training costs nothing; take it out, or say by: comprehend."
                        : "Comprehend holds texts out itself and chooses no thresholds; take it out.");
              });
    }
  }

  private static BigDecimal cost(Yaml yaml) {
    BigDecimal cost = yaml.number();
    if (cost.signum() <= 0) {
      throw yaml.error("'max-cost' is %s".formatted(cost), "Expected more than 0.");
    }
    return cost;
  }

  private static char delimiter(Yaml yaml) {
    String text = yaml.text();
    if (text.length() != 1 || DELIMITERS.indexOf(text.charAt(0)) < 0) {
      throw yaml.error("'delimiter' is '%s'".formatted(text), "Expected one of " + DELIMITERS);
    }
    return text.charAt(0);
  }

  private static double recall(Yaml yaml) {
    double recall = ClassifyReader.share(yaml);
    if (recall == 0 || recall == 1) {
      throw yaml.error("a recall of %s".formatted(recall), "Expected over 0 and under 1.");
    }
    return recall;
  }

  private static int folds(Yaml yaml) {
    int folds = yaml.as(Integer::valueOf);
    if (folds < 2 || folds > 20) {
      throw yaml.error("%d folds".formatted(folds), "Expected 2 to 20.");
    }
    return folds;
  }
}

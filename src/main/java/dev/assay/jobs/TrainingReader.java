package dev.assay.jobs;

import dev.assay.model.job.Training;
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
    Yaml yaml = JobFiles.read(file, new Variables(variables, java.time.LocalDate.EPOCH), null);
    yaml.allow(
        "kind",
        "name",
        "description",
        "texts",
        "test",
        "delimiter",
        "compliant",
        "categories",
        "language",
        "target-recall",
        "folds",
        "reviews");
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
    return new Training(
        yaml.require("name").as(JobReader::name),
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
        yaml.find("reviews").map(Yaml::bool).orElse(true));
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

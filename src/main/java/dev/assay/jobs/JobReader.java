package dev.assay.jobs;

import dev.assay.model.Fingerprint;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.job.GatePolicy;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.JobKind;
import dev.assay.model.job.Output;
import dev.assay.model.job.Publish;
import dev.assay.model.job.Step;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one job file. */
final class JobReader {
  private static final List<String> CONTENT_KEYS =
      List.of("kind", "name", "inputs", "steps", "sql", "classify", "output");

  private final Path projectFolder;
  private final Path pipelineFolder;

  JobReader(Path projectFolder, Path pipelineFolder) {
    this.projectFolder = projectFolder;
    this.pipelineFolder = pipelineFolder;
  }

  Job job(Yaml yaml, String pipeline, String domain, Path file) {
    yaml.allow(
        "kind",
        "name",
        "description",
        "inputs",
        "references",
        "steps",
        "sql",
        "classify",
        "output",
        "ruleset",
        "gate",
        "publish");
    JobKind kind = yaml.require("kind").choice(JobKind.class);
    Map<String, Input> inputs = InputReader.inputs(yaml.require("inputs"));
    checkKind(kind, yaml, inputs);
    List<Step> steps =
        yaml.find("steps").map(new StepReader(pipelineFolder)::steps).orElse(List.of());
    // the steps as read: mapping files belong to them
    String content =
        CONTENT_KEYS.stream()
                .map(key -> yaml.find(key).map(Yaml::canonical).orElse(""))
                .collect(Collectors.joining("\n"))
            + steps;
    Job job =
        new Job(
            pipeline,
            domain,
            kind,
            yaml.require("name").as(JobReader::name),
            yaml.find("description").map(Yaml::text).orElse(""),
            file,
            inputs,
            yaml.find("references").map(JobReader::references).orElse(Map.of()),
            steps,
            yaml.find("sql").map(Yaml::text),
            yaml.find("classify").map(ClassifyReader::classify),
            output(yaml.require("output")),
            ruleset(yaml.require("ruleset")),
            yaml.find("gate").map(JobReader::gate).orElse(GatePolicy.DEFAULT),
            yaml.find("publish").map(JobReader::publish).orElse(Publish.NOTHING),
            yaml.variables().usesDate(),
            Fingerprint.of(content),
            Fingerprint.of(yaml.canonical(), content));
    checkModes(kind, yaml, job);
    JobPlaces places = JobPlaces.of(yaml);
    JobColumns.ofSteps(job, Map.of(), places)
        .ifPresent(columns -> JobColumns.checkOutput(job, columns, places));
    return job;
  }

  private static Publish publish(Yaml yaml) {
    yaml.allow("classification", "personal-data", "refresh", "terms", "statistics");
    Publish publish =
        new Publish(
            yaml.find("classification").map(value -> value.choice(Publish.Classification.class)),
            yaml.find("personal-data").map(Yaml::texts).orElse(List.of()),
            yaml.find("refresh").map(Yaml::text),
            yaml.find("terms").map(Yaml::texts).orElse(List.of()),
            yaml.find("statistics").map(Yaml::texts).orElse(List.of()));
    for (String column : publish.statistics()) {
      if (publish.personalData().stream().anyMatch(column::equalsIgnoreCase)) {
        throw yaml.require("statistics")
            .error(
                "'%s' holds personal data, and statistics keep hashes of values".formatted(column),
                "Leave it out.");
      }
    }
    return publish;
  }

  private static void checkModes(JobKind kind, Yaml yaml, Job job) {
    Output.Mode mode = job.output().mode();
    boolean adds = mode == Output.Mode.APPEND || mode == Output.Mode.MERGE;
    if (job.incremental() && (kind != JobKind.PREPARE || !adds)) {
      throw yaml.require("inputs")
          .error(
              "read: changes and read: new-files give only new rows, and the output replaces old ones",
              "Use a prepare job with mode append or merge.");
    }
    if (mode == Output.Mode.APPEND && !job.incremental() && !job.dated()) {
      throw yaml.require("output")
          .error(
              "mode append, but nothing tells one run's rows from another's",
              "Use ${date} in the input, read: changes, read: new-files, or another mode.");
    }
  }

  private static void checkKind(JobKind kind, Yaml yaml, Map<String, Input> inputs) {
    if (kind == JobKind.CLASSIFY) {
      ClassifyKind.check(yaml, inputs);
      return;
    }
    yaml.find("classify")
        .ifPresent(
            classify -> {
              throw classify.error(
                  "only a classify job has 'classify'", "Use kind: classify, or take it out.");
            });
    if (kind == JobKind.PREPARE) {
      if (inputs.size() != 1) {
        throw yaml.require("inputs")
            .error(
                "a prepare job has %d inputs".formatted(inputs.size()),
                "Expected one; joins belong into a build job.");
      }
      yaml.find("sql")
          .ifPresent(
              sql -> {
                throw sql.error("a prepare job has no sql", "Use steps, or kind: build.");
              });
    } else {
      yaml.require("sql");
      yaml.find("steps")
          .ifPresent(
              steps -> {
                throw steps.error("a build job has no steps", "Its sql says everything.");
              });
    }
  }

  static String name(String text) {
    if (!text.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "'%s' is not a name: expected lower-case letters, digits and underscores"
              .formatted(text));
    }
    return text;
  }

  private static Map<String, TableName> references(Yaml yaml) {
    Map<String, TableName> references = new LinkedHashMap<>();
    yaml.entries().forEach((alias, table) -> references.put(alias, table.as(TableName::parse)));
    return references;
  }

  private static Output output(Yaml yaml) {
    yaml.allow(
        "table",
        "mode",
        "keys",
        "deletes",
        "partition",
        "sort",
        "properties",
        "comments",
        "description",
        "owner",
        "drift");
    Output.Mode mode = yaml.require("mode").choice(Output.Mode.class);
    if (mode == Output.Mode.MERGE && yaml.require("keys").texts().isEmpty()) {
      throw yaml.require("keys").error("a merge has no keys", "Name the columns of its key.");
    }
    for (String key : List.of("keys", "deletes")) {
      if (mode != Output.Mode.MERGE && yaml.has(key)) {
        throw yaml.require(key)
            .error("'%s' goes with mode merge only".formatted(key), "Take it out.");
      }
    }
    return new Output(
        yaml.require("table").as(JobReader::outputTable),
        mode,
        yaml.find("keys").map(Yaml::texts).orElse(List.of()),
        yaml.find("deletes").map(Yaml::text),
        yaml.find("partition").map(Yaml::texts).orElse(List.of()),
        yaml.find("sort").map(Yaml::texts).orElse(List.of()),
        yaml.find("properties").map(StepReader::texts).orElse(Map.of()),
        yaml.find("comments").map(StepReader::texts).orElse(Map.of()),
        yaml.find("description").map(Yaml::text),
        yaml.find("owner").map(Yaml::text),
        yaml.find("drift")
            .map(drift -> drift.choice(Output.Drift.class))
            .orElse(Output.Drift.FAIL));
  }

  private static TableName outputTable(String text) {
    TableName table = TableName.parse(text);
    if (!table.layer().equals("prepared") && !table.layer().equals("semantic")) {
      throw new IllegalArgumentException(
          "'%s' is not in layer prepared or semantic; nothing else is written by a job"
              .formatted(text));
    }
    return table;
  }

  private Optional<Path> ruleset(Yaml yaml) {
    String text = yaml.text();
    if (text.equals("none")) {
      return Optional.empty();
    }
    Path file = projectFolder.resolve(text);
    if (!Files.isRegularFile(file)) {
      throw yaml.error(
          "there is no ruleset '%s'".formatted(text),
          "Paths start at the folder that holds jobs/; write none for a table without rules.");
    }
    return Optional.of(file);
  }

  private static GatePolicy gate(Yaml yaml) {
    yaml.allow(
        "minimum-score",
        "minimum-coverage",
        "must-pass",
        "unanswered",
        "first-publish",
        "on-bad-rule",
        "scope",
        "maximum-quarantine",
        "empty");
    GatePolicy usual = GatePolicy.DEFAULT;
    GatePolicy.Unanswered unanswered =
        yaml.find("unanswered")
            .map(value -> value.choice(GatePolicy.Unanswered.class))
            .orElse(usual.unanswered());
    // who ignores unanswered rules and asks for no coverage means none
    BigDecimal coverage =
        unanswered == GatePolicy.Unanswered.IGNORE ? BigDecimal.ZERO : usual.minimumCoverage();
    return new GatePolicy(
        yaml.find("minimum-score").map(JobReader::percentage),
        yaml.find("minimum-coverage").map(JobReader::percentage).orElse(coverage),
        yaml.find("must-pass").map(StepReader::texts).orElse(Map.of()),
        unanswered,
        yaml.find("first-publish")
            .map(value -> value.choice(GatePolicy.FirstPublish.class))
            .orElse(usual.firstPublish()),
        yaml.find("on-bad-rule")
            .map(value -> value.choice(GatePolicy.OnBadRule.class))
            .orElse(usual.onBadRule()),
        yaml.find("scope").map(value -> value.choice(ScoreScope.class)).orElse(usual.scope()),
        yaml.find("maximum-quarantine").map(JobReader::percentage),
        yaml.find("empty")
            .map(value -> value.choice(GatePolicy.Empty.class))
            .orElse(usual.empty()));
  }

  private static BigDecimal percentage(Yaml yaml) {
    BigDecimal number = yaml.number();
    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw yaml.error("%s is not a percentage".formatted(number), "Expected 0 to 100.");
    }
    return number;
  }

  /** Files of a pipeline folder that hold jobs, in alphabetical order. */
  static List<Path> jobFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    try (java.util.stream.Stream<Path> list = Files.list(folder)) {
      list.filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .filter(file -> !file.getFileName().toString().startsWith("pipeline."))
          .filter(file -> !OtherKinds.has(file))
          .sorted()
          .forEach(files::add);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("cannot list " + folder, e);
    }
    return files;
  }
}

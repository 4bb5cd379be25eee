package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Position;
import dev.assay.model.job.Job;
import dev.assay.model.job.Pipeline;
import dev.assay.model.job.Schedule;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads pipelines and single jobs from their files. */
public final class JobFiles {
  private final Clock clock;
  private final Map<String, String> variables;
  private final Optional<LocalDate> dataDate;
  private final boolean givenLater;

  /**
   * @param variables values for {@code ${name}}; they win over a pipeline's defaults
   * @param dataDate the date asked for; otherwise yesterday in the pipeline's zone
   */
  public JobFiles(Clock clock, Map<String, String> variables, Optional<LocalDate> dataDate) {
    this(clock, variables, dataDate, false);
  }

  private JobFiles(
      Clock clock,
      Map<String, String> variables,
      Optional<LocalDate> dataDate,
      boolean givenLater) {
    this.givenLater = givenLater;
    this.clock = clock;
    this.variables = new LinkedHashMap<>(variables);
    this.dataDate = dataDate;
  }

  /** The same files for somebody who only looks: variables without a value are given later. */
  public JobFiles givenLater() {
    return new JobFiles(clock, variables, dataDate, true);
  }

  /**
   * The loaded files of one call.
   *
   * @param remarks on variables that are given later, a sentence each
   */
  public record Loaded(
      Pipeline pipeline, LocalDate dataDate, List<Job> chosen, List<String> remarks) {
    public Loaded {
      chosen = List.copyOf(chosen);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Loads a pipeline folder, or one job of it.
   *
   * @param path a folder with {@code pipeline.yaml}, or a job file in one
   * @return the jobs to run, in the order of their inputs and outputs
   * @throws InvalidJobException if a file cannot be used as written
   * @throws AssayException if there is no such folder or file
   */
  public Loaded load(Path path) {
    if (!Files.exists(path)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: there is no such file or folder. Expected a pipeline folder or a job file."
              .formatted(path));
    }
    if (OtherKinds.has(path)) {
      String kind = OtherKinds.of(path).orElse("");
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: a file of kind %s is not part of a run. Use 'assay %s %s'."
              .formatted(path, kind, kind, path));
    }
    Path folder = Files.isDirectory(path) ? path : parent(path);
    Path pipelineFile = folder.resolve("pipeline.yaml");
    if (!Files.isRegularFile(pipelineFile)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: there is no pipeline.yaml. Expected one beside the job files.".formatted(folder));
    }
    Yaml head = read(pipelineFile, variables(LocalDate.EPOCH), null);
    ZoneId zone = zone(head);
    LocalDate date = dataDate.orElseGet(() -> LocalDate.now(clock.withZone(zone)).minusDays(1));
    LaterVariables later = new LaterVariables(folder);
    Pipeline pipeline = pipeline(folder, pipelineFile, zone, date, later);
    List<Job> chosen =
        Files.isDirectory(path)
            ? pipeline.jobs()
            : pipeline.jobs().stream().filter(job -> same(job.file(), path)).toList();
    return new Loaded(pipeline, date, chosen, later.remarks());
  }

  private Variables variables(LocalDate date) {
    return givenLater ? Variables.givenLater(variables, date) : new Variables(variables, date);
  }

  private Pipeline pipeline(
      Path folder, Path file, ZoneId zone, LocalDate date, LaterVariables later) {
    Variables given = variables(date);
    Yaml yaml = read(file, given, null);
    yaml.allow("name", "description", "schedule", "zone", "owner", "domain", "tags", "variables");
    Map<String, String> defaults = new LinkedHashMap<>();
    Set<String> dated = new HashSet<>();
    yaml.find("variables")
        .ifPresent(
            values ->
                values
                    .entries()
                    .forEach(
                        (name, value) -> {
                          if (!variables.containsKey(name)) {
                            defaults.put(name, value.text());
                            if (value.isDated()) {
                              dated.add(name);
                            }
                          }
                        }));
    String name = yaml.require("name").text();
    String domain = yaml.find("domain").map(Yaml::text).orElse("");
    List<Job> jobs = new ArrayList<>();
    JobReader reader = new JobReader(projectFolder(folder), folder);
    List<AssayException> problems = new ArrayList<>();
    for (Path jobFile : JobReader.jobFiles(folder)) {
      Variables own = given.withDefaults(defaults, dated);
      try {
        jobs.add(reader.job(read(jobFile, own, null), name, domain, jobFile));
      } catch (GivenLaterException e) {
        later.add(e);
      } catch (AssayException e) {
        problems.add(e);
      }
    }
    later.add(given);
    refuse(problems);
    return new Pipeline(
        name,
        yaml.find("description").map(Yaml::text).orElse(""),
        folder,
        schedule(yaml, zone),
        zone,
        yaml.require("owner").text(),
        domain,
        yaml.find("tags").map(Yaml::texts).orElse(List.of()),
        defaults,
        JobOrder.sorted(folder, jobs));
  }

  static Optional<Schedule> schedule(Yaml pipeline, ZoneId zone) {
    return pipeline.find("schedule").map(value -> value.as(text -> Schedule.parse(text, zone)));
  }

  static ZoneId zone(Yaml pipeline) {
    return pipeline.find("zone").map(value -> value.as(ZoneId::of)).orElse(ZoneId.of("UTC"));
  }

  /**
   * Nothing, if there is no problem.
   *
   * @throws AssayException with one problem as it is, with several together a line each
   */
  public static void refuse(List<AssayException> problems) {
    if (problems.size() == 1) {
      throw problems.get(0);
    }
    if (!problems.isEmpty()) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          String.join("\n", problems.stream().map(AssayException::getMessage).toList()));
    }
  }

  /** The folder that holds {@code jobs/} and {@code rulesets/}. */
  private static Path projectFolder(Path pipelineFolder) {
    Path absolute = pipelineFolder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    return parent != null && parent.endsWith("jobs") ? parent(parent) : absolute;
  }

  static Path parent(Path path) {
    Path parent = path.toAbsolutePath().normalize().getParent();
    return parent == null ? path : parent;
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Reads a YAML file; {@code named} is the place that names it, if another file does. */
  static Yaml read(Path file, Variables variables, @Nullable Yaml named) {
    try {
      return Yaml.parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), variables);
    } catch (MalformedInputException e) {
      throw new InvalidJobException(
          file.toString(), new Position(1, 1), "the file is not UTF-8", "Save it as UTF-8.");
    } catch (IOException e) {
      if (named != null) {
        throw named.error(
            "there is no file '%s'".formatted(file), "Paths start at the pipeline folder.");
      }
      throw new AssayException(
          ExitKind.WRONG_FILES, "%s: cannot be read (%s).".formatted(file, e.getMessage()), e);
    }
  }
}

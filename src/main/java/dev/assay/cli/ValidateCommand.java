package dev.assay.cli;

import dev.assay.jobs.GivenLaterException;
import dev.assay.jobs.GovernanceReader;
import dev.assay.jobs.JobFiles;
import dev.assay.jobs.OtherKinds;
import dev.assay.jobs.ProfileReader;
import dev.assay.jobs.RulesetTestReader;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Job;
import dev.assay.pipeline.JobCheck;
import dev.assay.pipeline.JobRuleset;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks files without running anything. */
@Command(
    name = "validate",
    description =
        "Check pipelines, jobs, profiles, contracts, governance files, rulesets and their tests without running anything.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  /** Folders that hold no jobs, and what checks a file in each. */
  private final Map<String, Consumer<Path>> reserved =
      Map.of(
          "profiles", this::checkProfile,
          "contracts", ContractFiles::check,
          "governance", GovernanceReader::check);

  /** What is to be said of files that are right. */
  private final Set<String> remarks = new LinkedHashSet<>();

  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Pipeline folders, job files, rulesets or their tests (default: jobs and rulesets).")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description =
          "A value for $${NAME}, checked like any other; variables without one are taken as given later, and named.")
  Map<String, String> variables = new LinkedHashMap<>();

  private @Nullable List<Job> known;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    // a ruleset may be named by a job, by its tests and by itself
    Set<String> problems = new LinkedHashSet<>();
    int checked = 0;
    int wrong = 0;
    for (Path path : targets()) {
      checked++;
      try {
        check(path);
      } catch (GivenLaterException e) {
        remarks.add(e.getMessage());
      } catch (AssayException e) {
        problems.add(e.getMessage());
        wrong++;
      }
    }
    if (checked == 0) {
      throw new AssayException(
          ExitKind.USAGE,
          "There is nothing to check: no pipeline.yaml, ruleset or profile in %s."
              .formatted(paths.isEmpty() ? "jobs and rulesets" : paths));
    }
    problems.forEach(out::println);
    remarks.forEach(out::println);
    out.println(
        problems.isEmpty()
            ? "%d file(s) and pipeline(s) are fine.".formatted(checked)
            : "%d of %d file(s) and pipeline(s) have problems.".formatted(wrong, checked));
    return problems.isEmpty() ? ExitKind.OK.code() : ExitKind.WRONG_FILES.code();
  }

  private void check(Path path) {
    if (path.toString().endsWith(RulesetTests.RULESET)) {
      RulesetParser.parse(path);
      return;
    }
    if (RulesetTests.isTests(path)) {
      RulesetTests.read(path);
      return;
    }
    Consumer<Path> own = reserved.get(folderOf(path));
    if (own != null) {
      own.accept(path);
      return;
    }
    if (OtherKinds.has(path)) {
      checkOther(path);
      return;
    }
    OtherKinds.in(path).forEach(file -> checkOther(file));
    JobFiles.Loaded loaded = load(path);
    remarks.addAll(loaded.remarks());
    List<Job> jobs = loaded.chosen();
    JobCheck check = new JobCheck(together());
    List<AssayException> problems = new ArrayList<>();
    for (Job job : jobs) {
      try {
        check(job, check);
      } catch (GivenLaterException e) {
        remarks.add(e.getMessage());
      } catch (AssayException e) {
        problems.add(e);
      }
    }
    JobFiles.refuse(problems);
  }

  private void checkProfile(Path path) {
    remarks.addAll(ProfileReader.check(path, common.home));
  }

  private void check(Job job, JobCheck check) {
    Ruleset rules = JobRuleset.of(job);
    remarks.addAll(check.check(job, rules));
    rules.entries().stream()
        .filter(entry -> entry.expression() instanceof RuleExpression.Bad)
        .forEach(entry -> remarks.add(remark(job, rules, entry)));
    job.ruleset().flatMap(RulesetTests::beside).ifPresent(RulesetTestReader::read);
  }

  private JobFiles.Loaded load(Path path) {
    return options().jobFiles(common.home).givenLater().load(path);
  }

  private RunOptions options() {
    RunOptions options = new RunOptions();
    options.variables.putAll(variables);
    return options;
  }

  /** The jobs of all pipelines that are checked in this call, as far as they can be read. */
  private List<Job> together() {
    if (known == null) {
      List<Job> jobs = new ArrayList<>();
      for (Path path : targets()) {
        if (!isPipeline(path) && !Files.isRegularFile(path.resolveSibling("pipeline.yaml"))) {
          continue;
        }
        try {
          jobs.addAll(load(path).pipeline().jobs());
        } catch (AssayException e) {
          // it is said where that pipeline is checked
          continue;
        }
      }
      known = jobs;
    }
    return known;
  }

  /** Files of a pipeline folder that its runs pass over. */
  private void checkOther(Path file) {
    LocalDate yesterday = LocalDate.now(Clock.systemUTC()).minusDays(1);
    remarks.addAll(OtherKinds.check(file, options().values(common.home), yesterday));
  }

  private static String remark(Job job, Ruleset rules, Ruleset.Entry entry) {
    return "%s: rule %d of %s will be unanswered, as gate.on-bad-rule says: %s"
        .formatted(
            job.file(),
            entry.ordinal(),
            rules.file(),
            String.join(
                " ",
                ((RuleExpression.Bad) entry.expression())
                    .problems().stream().map(problem -> problem.text()).toList()));
  }

  /** Folders of jobs stand for their pipelines, folders of rulesets for their files. */
  private Set<Path> targets() {
    List<Path> given =
        paths.isEmpty()
            ? Stream.of(Path.of("jobs"), Path.of("rulesets")).filter(Files::exists).toList()
            : paths;
    Set<Path> targets = new LinkedHashSet<>();
    for (Path path : given) {
      if (!Files.isDirectory(path) || Files.exists(path.resolve("pipeline.yaml"))) {
        targets.add(path);
        RulesetTests.beside(path).ifPresent(targets::add);
      } else {
        list(path).forEach(targets::add);
      }
    }
    return targets;
  }

  private List<Path> list(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(this::isTarget).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private boolean isTarget(Path path) {
    String name = path.getFileName().toString();
    if (Files.isDirectory(path)) {
      return isPipeline(path) && !reserved.containsKey(name);
    }
    return name.endsWith(RulesetTests.RULESET)
        || name.endsWith(RulesetTestReader.ENDING)
        || (name.endsWith(".yaml") && reserved.containsKey(folderOf(path)));
  }

  private static boolean isPipeline(Path path) {
    return Files.isRegularFile(path.resolve("pipeline.yaml"));
  }

  private static String folderOf(Path path) {
    Path folder = path.toAbsolutePath().normalize().getParent();
    return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
  }
}

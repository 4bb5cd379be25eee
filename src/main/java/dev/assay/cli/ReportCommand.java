package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.reports.JUnitReport;
import dev.assay.reports.RunJson;
import dev.assay.reports.TableReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why a score is what it is. */
@Command(
    name = "report",
    description =
        "Explain scores in one HTML file (or JSON, JUnit): of a run, a table, or all tables.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "RUN|TABLE",
      arity = "0..1",
      description = "A run's id or its first digits, or a table; without it, every table.")
  @Nullable String subject;

  @Option(names = "--json", description = "Print JSON and write no file.")
  boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML instead of HTML.")
  @Nullable Path junit;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ReportFiles files = new ReportFiles(common);
    List<TableReport> reports = runs().stream().map(files::report).toList();
    if (json) {
      out.println(RunJson.ofReports(reports));
    } else if (junit != null) {
      ReportFiles.write(junit, JUnitReport.of(reports));
      out.println(junit);
    } else {
      String name = subject == null ? "all-tables" : subject;
      out.println(files.html(name, subject == null ? "All tables" : subject, reports));
    }
    return ExitKind.OK.code();
  }

  private List<RunRecord> runs() {
    if (subject == null) {
      return newestOfEach(common.ledger().runs());
    }
    List<RunRecord> found =
        subject.contains(".")
            ? newestOfEach(common.ledger().runs(Arguments.table(subject)))
            : common.ledger().run(subject).stream().toList();
    if (found.isEmpty()) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "The ledger has no run or table '%s'. 'assay history TABLE' lists runs."
              .formatted(subject));
    }
    return found;
  }

  private static List<RunRecord> newestOfEach(List<RunRecord> runs) {
    Map<TableName, RunRecord> newest = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> run.state() != RunState.STAGED)
        .forEach(run -> newest.putIfAbsent(run.table(), run));
    return List.copyOf(newest.values());
  }
}

package dev.assay.cli;

import dev.assay.messages.Reviews;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.iceberg.VerdictTable;
import dev.assay.messages.iceberg.VerdictTable.Pending;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.reports.ReviewQueue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
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

/** What waits for a person, and what the person decided. */
@Command(
    name = "review",
    description = {
      "List the texts of a table of verdicts that wait for a person, or keep decisions about them.",
      "Decisions count from the next run of the classify job on, and are learnt from by the next training."
    },
    mixinStandardHelpOptions = true)
final class ReviewCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "TABLE", description = "For example semantic.message_verdicts.")
  String table = "";

  @Option(
      names = "--decide",
      paramLabel = "HASH=LABELS",
      description =
          "Decide about a text by the first digits of its hash: compliant, or categories joined by '+'.")
  Map<String, String> decisions = new LinkedHashMap<>();

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Write the waiting texts to a CSV with an empty column 'decision'.")
  @Nullable Path export;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description = "Keep the decisions of such a CSV; lines without a decision keep waiting.")
  @Nullable Path decided;

  @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user).")
  String reviewer = System.getProperty("user.name", "unknown");

  @Option(names = "--limit", paramLabel = "N", description = "Texts to list (default: 20).")
  int limit = 20;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new AssayException(
          ExitKind.USAGE, "--limit is %d. Expected a whole number from 1 on.".formatted(limit));
    }
    PrintWriter out = spec.commandLine().getOut();
    VerdictTable verdicts = verdicts();
    if (!decisions.isEmpty() || decided != null) {
      return keep(out, verdicts);
    }
    List<Pending> pending = verdicts.pending();
    if (export != null) {
      ReportFiles.write(export, ReviewFile.text(pending));
      out.printf("%,d texts written to %s. Fill in 'decision', then: ", pending.size(), export);
      out.printf("./assay review %s --import %s%n", table, export);
      return ExitKind.OK.code();
    }
    out.println(ReviewQueue.text(pending, limit));
    if (!pending.isEmpty()) {
      out.printf(
          "Decide:  ./assay review %s --decide %s=compliant --by NAME%n         or --export FILE, fill in, --import FILE%n",
          table, pending.get(0).contentHash().substring(0, 12));
    }
    return ExitKind.OK.code();
  }

  private int keep(PrintWriter out, VerdictTable verdicts) {
    Map<String, String> given = decided == null ? decisions : ReviewFile.decisions(decided);
    List<Reviews.Review> reviews =
        new ReviewDecisions(verdicts, reviewer, Clock.systemUTC().instant()).of(given);
    new IcebergReviews(common.catalog().iceberg()).keep(reviews);
    out.printf(
        "%,d decision(s) kept. They count from the next run of the job that writes %s on.%n",
        reviews.size(), table);
    return ExitKind.OK.code();
  }

  private VerdictTable verdicts() {
    TableName name = Arguments.table(table);
    VerdictTable verdicts =
        common
            .catalog()
            .find(name)
            .map(VerdictTable::new)
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.INPUT_MISSING,
                        "There is no table %s. Run the classify job that writes it."
                            .formatted(name)));
    if (!verdicts.fits()) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s holds no verdicts. Name the output of a job with kind: classify.".formatted(name));
    }
    return verdicts;
  }
}

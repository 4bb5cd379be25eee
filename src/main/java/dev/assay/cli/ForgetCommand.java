package dev.assay.cli;

import dev.assay.erasure.Forgetting;
import dev.assay.erasure.Identity;
import dev.assay.erasure.Outcome;
import dev.assay.erasure.Person;
import dev.assay.erasure.Wish;
import dev.assay.keys.KeyRing;
import dev.assay.keys.MissingKeysException;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.reports.ForgetText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes a person. */
@Command(
    name = "forget",
    description = {
      "Remove what is kept of a person: quarantined records, verdicts, answers and decisions about texts that nobody else has, and with --in rows of tables.",
      "Snapshots that hold them are given up and their files deleted. Raw files are never changed."
    },
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "COLUMN=VALUE",
      arity = "0..*",
      description =
          "What the person is known by, in clear, such as customer_id=4711; tokens of it are found too. Several are several names of one person.")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "A token (tok1_…) that stands for the person; may be repeated.")
  List<String> tokens = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Read COLUMN=VALUE and tokens from a file, one a line, so that no shell remembers them; - is standard input.")
  @Nullable Path from;

  @Option(
      names = "--in",
      paramLabel = "TABLE",
      description = "Remove the person's rows from this table too; may be repeated.")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--sendings",
      description = "Remove the lines about messages sent to the person too, the proof of sending.")
  boolean sendings;

  @Option(
      names = "--delete-reports",
      description = "Delete the report files that may show something of the person.")
  boolean deleteReports;

  @Option(names = "--dry-run", description = "Look and count; remove nothing.")
  boolean dryRun;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, such as the number of the request; kept in the ledger.")
  @Nullable String reason;

  @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user).")
  String by = Arguments.caller();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    List<Identity> identities = ForgetKeys.of(keys, tokens, from);
    Wish wish = new Wish(named(), sendings, deleteReports, by, reason());
    PrintWriter out = spec.commandLine().getOut();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    Person person = new Person(identities, ring(out));
    progress.say("looking");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      Forgetting forgetting = new Forgetting(Wiring.lane(common, spark, progress), person, wish);
      Outcome outcome = dryRun ? forgetting.look() : forgetting.forget();
      progress.clear();
      out.println(ForgetText.of(outcome, dryRun));
      boolean left = !dryRun && outcome.isIncomplete();
      return left ? ExitKind.HELD.code() : ExitKind.OK.code();
    }
  }

  private String reason() {
    if (reason != null && !reason.isBlank()) {
      return reason;
    }
    if (dryRun) {
      return "";
    }
    throw new AssayException(
        ExitKind.USAGE,
        "Forgetting needs --reason TEXT, such as the number of the request: it is kept in assay.erasures. --dry-run only looks and needs none.");
  }

  private Set<TableName> named() {
    Set<TableName> names = new TreeSet<>();
    tables.forEach(table -> names.add(Arguments.table(table)));
    return names;
  }

  private Optional<KeyRing> ring(PrintWriter out) {
    try {
      return Optional.of(Wiring.keys(common.profile()).load());
    } catch (MissingKeysException e) {
      out.println(
          "There are no keys to make tokens with or to open what is encrypted: " + e.getMessage());
      return Optional.empty();
    }
  }
}

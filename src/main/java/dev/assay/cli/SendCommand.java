package dev.assay.cli;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.messages.text.NormalText;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Send;
import dev.assay.reports.SendText;
import dev.assay.sending.Channel;
import dev.assay.sending.MessageSource;
import dev.assay.sending.Patience;
import dev.assay.sending.SendOptions;
import dev.assay.sending.SendRun;
import dev.assay.sending.SendSummary;
import dev.assay.sending.VerdictBook;
import dev.assay.sending.iceberg.IcebergSendings;
import dev.assay.sending.iceberg.TableMessages;
import dev.assay.sending.iceberg.TableVerdicts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends what may be sent. */
@Command(
    name = "send",
    description =
        "Send the messages of a send job whose verdict is compliant, once each as far as the channel allows.",
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin RunOptions options = new RunOptions();

  @Parameters(paramLabel = "FILE", description = "A job file with kind: send.")
  Path file = Path.of("jobs");

  @Option(names = "--dry-run", description = "Look and count; announce and send nothing.")
  boolean dryRun;

  @Option(
      names = "--resend-unknown",
      description =
          "Send again what was announced and has no known end. Some of it may arrive twice.")
  boolean resendUnknown;

  @Option(names = "--limit", paramLabel = "N", description = "Send at most N messages.")
  @Nullable Long limit;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "Where to write result.json (default: <home>/result.json).")
  @Nullable Path resultFile;

  private OptionalInt stopped = OptionalInt.empty();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw new AssayException(
          ExitKind.USAGE, "--limit is %d. Expected a whole number from 1 on.".formatted(limit));
    }
    Send job = options.sendJob(file, common.home);
    SendSummary summary = send(job);
    PrintWriter out = spec.commandLine().getOut();
    out.println(SendText.of(job, summary, dryRun));
    out.flush();
    SendResultFile.write(
        resultFile == null ? common.home.resolve("result.json") : resultFile, job, summary, dryRun);
    summary.stopped().ifPresent(why -> spec.commandLine().getErr().println(why.getMessage()));
    return stopped.orElse(summary.exit().code());
  }

  private SendSummary send(Send job) {
    VerdictBook verdicts = new TableVerdicts(table(job, job.verdicts()), job).read();
    MessageSource messages =
        new TableMessages(
            table(job, job.messages().table()), job, text -> NormalText.of(text).hash());
    IcebergSendings ledger =
        new IcebergSendings(
            common.catalog().iceberg(),
            job,
            verdicts.model(),
            verdicts.modelVersion(),
            UUID.randomUUID().toString());
    Map<String, Channel> channels = SendChannels.open(job, common.profile());
    try {
      SendRun run =
          new SendRun(
              job,
              verdicts,
              messages,
              ledger,
              channels,
              new KeyProtection(common.profile()),
              Clock.systemUTC(),
              Patience.USUAL,
              new SendProgress(new ConsoleProgress(spec.commandLine().getErr())));
      try (StopSignal signal = StopSignal.to(run::stop)) {
        SendSummary summary =
            run.run(
                new SendOptions(
                    dryRun,
                    resendUnknown,
                    limit == null ? Long.MAX_VALUE : limit,
                    SendOptions.USUAL.lease()));
        stopped = signal.exitCode();
        return summary;
      }
    } finally {
      channels.values().forEach(Channel::close);
    }
  }

  private Table table(Send job, TableName name) {
    LakeCatalog catalog = common.catalog();
    return catalog
        .find(name)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.INPUT_MISSING,
                    "%s: there is no table %s in profile %s. Run the job that writes it. Nothing was sent."
                        .formatted(job.file(), name, common.profile().name())));
  }
}

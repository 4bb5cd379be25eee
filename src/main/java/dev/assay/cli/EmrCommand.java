package dev.assay.cli;

import dev.assay.emr.Ending;
import dev.assay.emr.Plan;
import dev.assay.emr.Platform;
import dev.assay.emr.Stop;
import dev.assay.emr.Submission;
import dev.assay.emr.Submitting;
import dev.assay.emr.Submitting.OnInterrupt;
import dev.assay.emr.ec2.ClusterRequest;
import dev.assay.emr.ec2.TransientCluster;
import dev.assay.emr.s3.S3Notes;
import dev.assay.emr.serverless.JobRunRequest;
import dev.assay.emr.serverless.ServerlessPlatform;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs on Amazon EMR. */
@Command(
    name = "emr",
    description =
        "Plan and submit runs on Amazon EMR, as the profile's 'emr' says, and see what they cost.",
    mixinStandardHelpOptions = true)
final class EmrCommand implements Runnable {
  @Mixin Common common = new Common();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "plan",
      description = "What EMR would be asked for, and why. Asks nobody and starts nothing.",
      mixinStandardHelpOptions = true)
  int plan(
      @Mixin EmrOptions options,
      @Option(names = "--json", description = "The request itself, as the AWS CLI takes it.")
          boolean json) {
    Emr emr = options.emr();
    Submission submission = options.submission();
    Plan plan = Plan.of(emr, submission, Plan.firstAttempt(emr, submission));
    out().println(json ? json(plan) : EmrText.plan(plan));
    out().flush();
    return ExitKind.OK.code();
  }

  private static String json(Plan plan) {
    return plan.emr().target() instanceof Emr.Cluster cluster
        ? ClusterRequest.json(plan, cluster)
        : JobRunRequest.json(plan, (Emr.Application) plan.emr().target());
  }

  @Command(
      name = "submit",
      description = {
        "Run a pipeline folder, or one job file, on EMR, and wait for its end.",
        "The same call again, before an end was seen, follows the run that is there. Ctrl-C leaves a job run of EMR Serverless running, and ends a cluster."
      },
      mixinStandardHelpOptions = true)
  int submit(
      @Mixin EmrOptions options,
      @Option(
              names = "--cancel-on-interrupt",
              description = "Let Ctrl-C cancel a job run of EMR Serverless too.")
          boolean cancel) {
    Emr emr = options.emr();
    Submission submission = options.submission();
    Stop stop = new Stop();
    ConsoleProgress line = new ConsoleProgress(spec.commandLine().getErr());
    try (Platform platform = platform(emr);
        S3Notes notes = S3Notes.open(emr, Clock.systemUTC());
        StopSignal signal = StopSignal.to(stop::ask)) {
      Submitting submitting =
          new Submitting(
              platform,
              notes,
              emr.limits(),
              stop,
              cancel ? OnInterrupt.CANCEL : OnInterrupt.LEAVE,
              text -> say(line, text),
              System::nanoTime);
      line.say("submitting " + submission.text());
      Ending ending = submitting.follow(submission);
      line.clear();
      ExitKind exit = new EmrEnd(options.common, platform, submission, out(), err()).show(ending);
      submitting.conclude(ending);
      OptionalInt interrupted = signal.exitCode();
      return ending.how() == Ending.How.OVER ? exit.code() : interrupted.orElse(exit.code());
    }
  }

  private static Platform platform(Emr emr) {
    return emr.target() instanceof Emr.Cluster cluster
        ? TransientCluster.open(emr, cluster, Clock.systemUTC())
        : ServerlessPlatform.open(emr, (Emr.Application) emr.target());
  }

  private void say(ConsoleProgress line, String text) {
    line.clear();
    err().println(text);
    err().flush();
    line.say("waiting");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}

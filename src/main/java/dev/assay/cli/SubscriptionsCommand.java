package dev.assay.cli;

import dev.assay.catalog.AccessDecision;
import dev.assay.catalog.AccessRequest;
import dev.assay.catalog.datazone.Subscriptions;
import dev.assay.catalog.iceberg.IcebergDecisions;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.Contract;
import dev.assay.reports.SubscriptionsText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who may see what. */
@Command(
    name = "subscriptions",
    description = {
      "Requests of projects that want to see tables: grant what policy grants, and list what is left to the steward.",
      "Granted without a person: tables classified public or internal, by a package with approval: auto that the consumer's contract names, without columns about people."
    },
    subcommands = {SubscriptionsCommand.Approve.class, SubscriptionsCommand.Reject.class},
    mixinStandardHelpOptions = true)
final class SubscriptionsCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin CatalogOptions catalog = new CatalogOptions();

  @Option(
      names = "--contracts",
      paramLabel = "FOLDER",
      defaultValue = "jobs/contracts",
      description = "Where the consumers' contracts are (default: jobs/contracts).")
  Path contracts = Path.of("jobs/contracts");

  @Option(names = "--dry-run", description = "Only say what would be granted.")
  boolean dryRun;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    List<Contract> known = ContractFiles.in(contracts, spec.commandLine().getErr());
    GovernanceFiles files = catalog.files();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    Subscriptions subscriptions = open(common, catalog, progress);
    subscriptions.complete();
    Map<AccessRequest, AccessDecision> decided = new LinkedHashMap<>();
    ExitKind exit = ExitKind.OK;
    for (AccessRequest request : subscriptions.pending()) {
      AccessDecision decision =
          AccessDecision.of(
              request,
              CatalogOptions.facts(common, request.table()),
              known,
              Optional.ofNullable(files.policies().get(request.table())));
      if (decision.granted() && !dryRun) {
        try {
          subscriptions.grant(
              request,
              decision.packageName().orElseThrow(),
              decision.granting().orElseThrow(),
              "policy",
              decision.why());
        } catch (AssayException e) {
          if (e.kind() != ExitKind.WRONG_FILES) {
            throw e;
          }
          // a package that cannot be used is its producer's, and keeps nobody else waiting
          decision = decision.refused(String.valueOf(e.getMessage()));
          exit = ExitKind.WRONG_FILES;
        }
      }
      decided.put(request, decision);
    }
    progress.clear();
    SubscriptionsText text = new SubscriptionsText(decided, dryRun);
    spec.commandLine().getOut().println(json ? text.json() : text.text());
    return exit.code();
  }

  private static Subscriptions open(
      Common common, CatalogOptions catalog, ConsoleProgress progress) {
    return Subscriptions.open(
        CatalogOptions.dataZone(common),
        CatalogOptions.account(common),
        CatalogOptions.registering(common),
        new IcebergDecisions(common.catalog().iceberg()),
        catalog.patience(progress),
        Clock.systemUTC());
  }

  private static AccessRequest pending(Subscriptions subscriptions, String id) {
    List<AccessRequest> pending = subscriptions.pending();
    return pending.stream()
        .filter(request -> request.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.USAGE,
                    "No request '%s' is pending. %s"
                        .formatted(
                            id,
                            pending.isEmpty()
                                ? "None is."
                                : Nearest.suggestion(
                                    id, pending.stream().map(AccessRequest::id).toList()))));
  }

  private static String person() {
    return System.getProperty("user.name", "unknown");
  }

  /** The steward's yes. */
  @Command(
      name = "approve",
      description = "Grant a request by a package of the table's producer.",
      mixinStandardHelpOptions = true)
  static final class Approve implements Callable<Integer> {
    @Mixin Common common = new Common();
    @Mixin CatalogOptions catalog = new CatalogOptions();

    @Parameters(paramLabel = "REQUEST", description = "The request's id.")
    String id = "";

    @Option(
        names = "--package",
        required = true,
        paramLabel = "NAME",
        description = "A package of the table's file in jobs/governance.")
    String packageName = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    String reason = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
      ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
      Subscriptions subscriptions = open(common, catalog, progress);
      AccessRequest request = pending(subscriptions, id);
      @Nullable AccessPolicy policy = catalog.files().policies().get(request.table());
      AccessPolicy.Package shown = policy == null ? null : policy.packages().get(packageName);
      if (shown == null || shown.level() == AccessPolicy.Level.NONE) {
        throw new AssayException(
            ExitKind.USAGE,
            "%s has no package '%s' that shows anything. %s"
                .formatted(
                    request.table(),
                    packageName,
                    policy == null
                        ? "It has no file in %s.".formatted(catalog.folder)
                        : Nearest.suggestion(packageName, policy.packages().keySet())));
      }
      subscriptions.grant(request, packageName, shown, person(), reason);
      progress.clear();
      spec.commandLine()
          .getOut()
          .println(
              "Granted: %s sees %s by package %s."
                  .formatted(request.projectName(), request.table(), packageName));
      return ExitKind.OK.code();
    }
  }

  /** The steward's no. */
  @Command(name = "reject", description = "Turn a request down.", mixinStandardHelpOptions = true)
  static final class Reject implements Callable<Integer> {
    @Mixin Common common = new Common();
    @Mixin CatalogOptions catalog = new CatalogOptions();

    @Parameters(paramLabel = "REQUEST", description = "The request's id.")
    String id = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; those who asked are told.")
    String reason = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
      ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
      Subscriptions subscriptions = open(common, catalog, progress);
      AccessRequest request = pending(subscriptions, id);
      subscriptions.reject(request, person(), reason);
      progress.clear();
      spec.commandLine().getOut().println("Rejected.");
      return ExitKind.OK.code();
    }
  }
}

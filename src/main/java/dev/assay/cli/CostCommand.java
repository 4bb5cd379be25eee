package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.reports.CostText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What runs have spent on services. */
@Command(
    name = "cost",
    description = "What runs have spent on paid services, by the prices of their profiles.",
    mixinStandardHelpOptions = true)
final class CostCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--by",
      paramLabel = "domain|pipeline|job|table|service|month",
      description = "What to add up by (default: domain).")
  CostText.By by = CostText.By.DOMAIN;

  @Option(
      names = "--from",
      paramLabel = "YYYY-MM-DD",
      description = "From this day on, UTC (default: the last 30 days).")
  @Nullable LocalDate from;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate first = from == null ? today.minusDays(30) : from;
    if (first.isAfter(today)) {
      throw new AssayException(
          ExitKind.USAGE, "--from is %s, and that day is still to come.".formatted(first));
    }
    CostText costs =
        new CostText(
            common.ledger().spending(first.atStartOfDay(ZoneOffset.UTC).toInstant()), by, first);
    spec.commandLine().getOut().println(json ? costs.json() : costs.text());
    return ExitKind.OK.code();
  }
}

package dev.assay.reports;

import dev.assay.contracts.BrokenTerm;
import dev.assay.contracts.ContractCheck;
import dev.assay.model.RunRecord;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Contracts and what became of them, in the terminal. */
public final class ContractText {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private ContractText() {}

  private record Line(ContractCheck check, BrokenTerm term) {}

  /** A line per contract, and one per term that is not met. */
  public static String of(List<ContractCheck> checks) {
    List<String> parts = new ArrayList<>();
    if (!checks.isEmpty()) {
      parts.add(contracts(checks));
    }
    List<Line> broken =
        checks.stream()
            .flatMap(check -> check.broken().stream().map(term -> new Line(check, term)))
            .toList();
    if (!broken.isEmpty()) {
      parts.add(
          new TextTable<Line>()
              .left("contract", line -> line.check().contract().name())
              .left("term", line -> line.term().kind().text())
              .left("required", line -> line.term().required())
              .left("found", line -> line.term().found())
              .of(broken));
    }
    List<String> held = held(checks);
    if (!held.isEmpty()) {
      parts.add(String.join("\n", held));
    }
    long kept = checks.stream().filter(ContractCheck::met).count();
    parts.add(
        "%d contract(s): %d met, %d broken.".formatted(checks.size(), kept, checks.size() - kept));
    return String.join("\n\n", parts);
  }

  private static String contracts(List<ContractCheck> checks) {
    return new TextTable<ContractCheck>()
        .left("", check -> check.met() ? "✓" : "✗")
        .left("contract", check -> check.contract().name())
        .left("consumer", check -> check.contract().consumer())
        .left("table", check -> check.contract().table().toString())
        .left("", check -> check.met() ? "met" : "broken")
        .right(
            "score",
            check ->
                check
                    .run()
                    .flatMap(run -> run.score().value())
                    .map(ContractText::exact)
                    .orElse("–"))
        .right(
            "coverage",
            check -> check.run().map(run -> exact(run.score().coverage()) + " %").orElse("–"))
        .left("data date", check -> check.rows().map(run -> run.dataDate().toString()).orElse("–"))
        .left(
            "published (UTC)",
            check -> check.rows().map(run -> MINUTE.format(run.stateAt())).orElse("–"))
        .left("run", check -> check.run().map(ContractText::id).orElse("–"))
        .of(checks);
  }

  private static List<String> held(List<ContractCheck> checks) {
    return checks.stream()
        .flatMap(check -> check.held().stream())
        .distinct()
        .map(
            run ->
                "%s: a newer run is held (%s, for %s); it counts once it is published. 'assay held' says why."
                    .formatted(run.table(), id(run), run.dataDate()))
        .toList();
  }

  private static String id(RunRecord run) {
    return run.runId().substring(0, Math.min(8, run.runId().length()));
  }

  /** Every digit of the ledger: at a threshold a rounded score would say nothing. */
  private static String exact(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}

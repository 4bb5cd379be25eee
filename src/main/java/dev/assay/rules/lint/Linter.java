package dev.assay.rules.lint;

import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks a ruleset through. */
public final class Linter {
  private final List<Check> checks;

  private Linter(Optional<TableShape> table, List<Check> further) {
    Claims claims = new Claims(table);
    this.checks = new ArrayList<>();
    checks.add(new Contradictions(claims));
    checks.add(new NeverPasses(claims));
    checks.add(new NeverFails(claims));
    checks.add(new Duplicates(claims));
    checks.add(new Implied(claims));
    checks.add(new SlowRegexes());
    checks.add(new ImpossibleChecksums());
    checks.add(new ExpensiveKeys(table));
    checks.add(new ExpensiveReads());
    checks.addAll(further);
  }

  /** By the rules alone. */
  public static Linter ofRules() {
    return new Linter(Optional.empty(), List.of());
  }

  /**
   * By the rules and the columns of their table.
   *
   * @param references the tables that rules compare with, by alias; empty if they are not known
   * @param now what {@code now()} means
   */
  public static Linter ofTable(TableShape table, Map<String, TableShape> references, Instant now) {
    return new Linter(Optional.of(table), List.of(new TableFit(table, references, now)));
  }

  /** What there is to say, in the order of the text. */
  public List<Remark> remarks(Ruleset ruleset) {
    return checks.stream()
        .flatMap(check -> check.remarks(ruleset).stream())
        .sorted(
            Comparator.comparingInt((Remark remark) -> remark.position().line())
                .thenComparingInt(remark -> remark.position().column())
                .thenComparing(Remark::severity))
        .toList();
  }
}

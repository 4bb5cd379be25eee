package dev.assay.rules.lint;

import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules that say the same as an earlier one, and composites that do. */
final class Duplicates implements Check {
  private final Pairs pairs;

  Duplicates(Claims claims) {
    this.pairs = new Pairs(claims);
  }

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    List<Remark> remarks = new ArrayList<>(pairs.remarks(ruleset, Duplicates::remark));
    Map<String, Ruleset.Entry> composites = new HashMap<>();
    for (Ruleset.Entry entry : ruleset.entries()) {
      if (entry.expression() instanceof RuleExpression.Joined joined && !joined.both()) {
        Ruleset.Entry first = composites.putIfAbsent(Signature.of(entry.expression()), entry);
        if (first != null) {
          remarks.add(remark(entry.position(), entry.text(), first.position().line()));
        }
      }
    }
    return remarks;
  }

  private static Optional<Remark> remark(RequiredRule earlier, RequiredRule later) {
    return later.same(earlier)
        ? Optional.of(
            remark(later.rule().position(), later.rule().text(), earlier.rule().position().line()))
        : Optional.empty();
  }

  private static Remark remark(dev.assay.model.Position position, String rule, int line) {
    return new Remark(
        Remark.Kind.DUPLICATE,
        position,
        rule,
        "the same is said on line %d".formatted(line),
        "Both pass or fail together, so what they say weighs double in the score.",
        "Keep one; give it a weight if it should weigh more.");
  }
}

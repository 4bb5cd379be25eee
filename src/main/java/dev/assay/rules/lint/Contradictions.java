package dev.assay.rules.lint;

import dev.assay.rules.parse.Ruleset;
import java.util.List;
import java.util.Optional;

/** Rules that cannot both pass. */
final class Contradictions implements Check {
  private final Pairs pairs;

  Contradictions(Claims claims) {
    this.pairs = new Pairs(claims);
  }

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    return pairs.remarks(ruleset, Contradictions::remark);
  }

  private static Optional<Remark> remark(RequiredRule earlier, RequiredRule later) {
    if (!later.contradicts(earlier)) {
      return Optional.empty();
    }
    return Optional.of(
        new Remark(
            Remark.Kind.CONTRADICTION,
            later.rule().position(),
            later.rule().text(),
            "it cannot pass together with line %d".formatted(earlier.rule().position().line()),
            "Nothing meets both this and %s.".formatted(earlier.rule().text()),
            "Change one of them; if they mean different rows, say so with where."));
  }
}

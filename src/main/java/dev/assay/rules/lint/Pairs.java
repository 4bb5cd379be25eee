package dev.assay.rules.lint;

import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Puts every rule to those before it. */
final class Pairs {
  private final Claims claims;

  Pairs(Claims claims) {
    this.claims = claims;
  }

  /**
   * At most one remark about each pair.
   *
   * @param remark of an earlier and a later rule
   */
  List<Remark> remarks(
      Ruleset ruleset, BiFunction<RequiredRule, RequiredRule, Optional<Remark>> remark) {
    List<RequiredRule> rules = RequiredRule.of(ruleset, claims);
    List<Remark> remarks = new ArrayList<>();
    for (int later = 1; later < rules.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (rules.get(earlier).shadow() == rules.get(later).shadow()) {
          remark.apply(rules.get(earlier), rules.get(later)).ifPresent(remarks::add);
        }
      }
    }
    return remarks;
  }
}

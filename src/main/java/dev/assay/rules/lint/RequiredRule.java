package dev.assay.rules.lint;

import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.Ruleset;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that must hold: a line of its own, or a part of an {@code and}.
 *
 * @param shadow whether it only reports; such a rule is often a second form of another one
 */
record RequiredRule(Rule rule, List<Claim> claims, boolean shadow) {
  RequiredRule {
    claims = List.copyOf(claims);
  }

  static List<RequiredRule> of(Ruleset ruleset, Claims claims) {
    List<RequiredRule> required = new ArrayList<>();
    for (Ruleset.Entry entry : ruleset.entries()) {
      boolean shadow = "true".equalsIgnoreCase(entry.labels().getOrDefault("shadow", "false"));
      for (Rule rule : parts(entry.expression())) {
        required.add(new RequiredRule(rule, claims.of(rule), shadow));
      }
    }
    return required;
  }

  /** None of an {@code or}: there each part may fail. */
  private static List<Rule> parts(RuleExpression expression) {
    if (expression instanceof RuleExpression.Joined joined) {
      List<Rule> left = joined.both() ? parts(joined.left()) : List.of();
      List<Rule> right = joined.both() ? parts(joined.right()) : List.of();
      List<Rule> both = new ArrayList<>(left);
      both.addAll(right);
      return both;
    }
    return expression.rules();
  }

  boolean same(RequiredRule other) {
    return Signature.of(rule).equals(Signature.of(other.rule))
        || (implies(other) && other.implies(this));
  }

  boolean implies(RequiredRule other) {
    return !other.claims.isEmpty()
        && other.claims.stream()
            .allMatch(claim -> claims.stream().anyMatch(mine -> mine.implies(claim)));
  }

  boolean contradicts(RequiredRule other) {
    return claims.stream()
        .anyMatch(mine -> other.claims.stream().anyMatch(claim -> mine.contradicts(claim)));
  }
}

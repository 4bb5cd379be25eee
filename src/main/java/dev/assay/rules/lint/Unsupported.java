package dev.assay.rules.lint;

import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.parse.Ruleset;
import java.util.List;

/** Rules of types that this version does not answer. */
final class Unsupported implements Check {
  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    return ruleset.entries().stream()
        .flatMap(entry -> entry.expression().rules().stream())
        .filter(rule -> !RuleType.valueOf(rule.type()).answered())
        .map(Unsupported::remark)
        .toList();
  }

  private static Remark remark(Rule rule) {
    return new Remark(
        Remark.Kind.UNSUPPORTED,
        rule.position(),
        rule.text(),
        "%s is not answered by this version".formatted(rule.type()),
        "It comes out as unanswered on every table.",
        "Take it out, or let the gate ignore what is unanswered.");
  }
}

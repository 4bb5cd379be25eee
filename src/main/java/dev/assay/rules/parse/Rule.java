package dev.assay.rules.parse;

import dev.assay.model.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule of one type.
 *
 * @param type the rule type as the reference spells it
 * @param parameters column names, SQL, or what else the type takes, in order
 * @param where Spark SQL that narrows the rows the rule looks at
 * @param tags how a rule about files chooses and compares them, by name, values in their order
 * @param threshold the share of rows (0 to 1) that must meet the rule
 * @param text the rule as written, white space folded
 */
public record Rule(
    String type,
    List<String> parameters,
    Optional<Condition> condition,
    Optional<String> where,
    Optional<Condition> threshold,
    Map<String, List<String>> tags,
    Position position,
    String text) {
  public Rule {
    parameters = List.copyOf(parameters);
    tags = Map.copyOf(tags);
  }

  /** A rule without tags. */
  public Rule(
      String type,
      List<String> parameters,
      Optional<Condition> condition,
      Optional<String> where,
      Optional<Condition> threshold,
      Position position,
      String text) {
    this(type, parameters, condition, where, threshold, Map.of(), position, text);
  }
}

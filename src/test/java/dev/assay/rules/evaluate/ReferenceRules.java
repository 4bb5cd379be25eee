package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import java.util.List;

/** Rules that compare the table {@code t} with another one, {@code r}. */
final class ReferenceRules {
  /** Of the table's columns, those that the other one has too, beside one of its own. */
  static final List<String> SHARED = List.of("few", "i", "s", "id", "dec");

  static final List<String> TYPES =
      List.of(
          "ReferentialIntegrity", "RowCountMatch", "DatasetMatch", "SchemaMatch", "AggregateMatch");

  private final RuleDraw draw;

  ReferenceRules(RuleDraw draw) {
    this.draw = draw;
  }

  WrittenRule write(String type) {
    return switch (type) {
      case "ReferentialIntegrity" -> referential();
      case "RowCountMatch" -> rowCounts();
      case "DatasetMatch" -> datasets();
      case "SchemaMatch" -> schemas();
      default -> aggregates();
    };
  }

  private Column role(String role) {
    return draw.table().role(role);
  }

  private WrittenRule referential() {
    boolean two = draw.oneIn(3);
    Column first = role(draw.one(SHARED));
    NumberCondition condition = draw.share();
    String found =
        "SELECT 1 FROM r WHERE r.%1$s = t.%1$s%2$s"
            .formatted(first.sql(), two ? " AND r.b2 = t.few" : "");
    return WrittenRule.of(
        "ReferentialIntegrity \"%s\" \"reference.%s\" %s"
            .formatted(
                first.name() + (two ? ",few" : ""),
                two ? "{" + first.name() + ",b2}" : first.name(),
                condition.text()),
        "ReferentialIntegrity",
        two ? List.of(first, role("few")) : List.of(first),
        List.of("count(*)", "(SELECT count(*) FROM t WHERE EXISTS (%s))".formatted(found)),
        results -> {
          double share = results.get(0) == 0 ? 1 : results.get(1) / results.get(0);
          return Opinion.number(condition.meets(share), share);
        });
  }

  private WrittenRule rowCounts() {
    NumberCondition condition = draw.share();
    return WrittenRule.of(
        "RowCountMatch \"reference\" " + condition.text(),
        "RowCountMatch",
        List.of(),
        List.of("count(*)", "(SELECT count(*) FROM r)"),
        found -> ratio(found.get(0), found.get(1), condition));
  }

  /** Rows with an equal one there; a key that is NULL is equal to none, another value may be. */
  private WrittenRule datasets() {
    List<String> keys =
        draw.oneIn(3) ? List.of("id", "few") : List.of(draw.one(List.of("id", "i")));
    boolean all = draw.oneIn(3);
    List<String> compared =
        all
            ? SHARED.stream().filter(role -> !keys.contains(role)).toList()
            : List.of(draw.one(List.of("s", "dec")));
    NumberCondition condition = draw.share();
    StringBuilder equal = new StringBuilder("true");
    keys.forEach(key -> equal.append(" AND r.%1$s = t.%1$s".formatted(role(key).sql())));
    compared.forEach(other -> equal.append(" AND r.%1$s <=> t.%1$s".formatted(role(other).sql())));
    return WrittenRule.of(
        "DatasetMatch \"reference\" %s%s %s"
            .formatted(names(keys), all ? "" : " " + names(compared), condition.text()),
        "DatasetMatch",
        keys.stream().map(this::role).toList(),
        List.of(
            "count(*)",
            "(SELECT count(*) FROM t WHERE EXISTS (SELECT 1 FROM r WHERE %s))".formatted(equal)),
        found -> ratio(found.get(1), found.get(0), condition));
  }

  private String names(List<String> roles) {
    return RuleText.quoted(
        String.join(",", roles.stream().map(role -> role(role).name()).toList()));
  }

  private WrittenRule schemas() {
    NumberCondition condition = draw.number("0", "0.25", "0.3", "0.5", "1");
    double share =
        (double) SHARED.size() / Math.max(draw.table().columns().size(), SHARED.size() + 1);
    return WrittenRule.of(
        "SchemaMatch \"reference\" " + condition.text(),
        "SchemaMatch",
        List.of(),
        List.of(),
        found -> Opinion.number(condition.meets(share), share));
  }

  private WrittenRule aggregates() {
    NumberCondition condition = draw.number("0", "0.5", "1", "1.0", "2");
    String call = draw.one(List.of("sum(%sfew)", "max(%sid)", "avg(%sfew)", "count(%sid)"));
    boolean itself = draw.oneIn(4);
    String other = itself ? "count(*)" : call.formatted("reference.");
    return WrittenRule.of(
        "AggregateMatch \"%s\" \"%s\" %s".formatted(call.formatted(""), other, condition.text()),
        "AggregateMatch",
        List.of(),
        List.of(
            "(SELECT %s FROM t)".formatted(call.formatted("")),
            itself
                ? "(SELECT count(*) FROM t)"
                : "(SELECT %s FROM r)".formatted(call.formatted(""))),
        found ->
            found.get(0) == null || found.get(1) == null
                ? Opinion.UNANSWERED
                : ratio(found.get(0), found.get(1), condition));
  }

  /** Two nothings are equal; something against nothing has no ratio and passes nothing. */
  private static Opinion ratio(double here, double there, NumberCondition condition) {
    if (there == 0) {
      return here == 0 ? Opinion.number(condition.meets(1), 1) : Opinion.number(false, here);
    }
    return Opinion.number(condition.meets(here / there), here / there);
  }
}

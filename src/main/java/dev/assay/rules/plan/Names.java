package dev.assay.rules.plan;

import dev.assay.rules.plan.RulePlanner.MissingColumnException;
import dev.assay.rules.plan.ValuePredicate.MisfitException;
import java.util.List;

/** Names in rules, as the columns and fields that they mean. */
final class Names {
  private Names() {}

  /**
   * The column or field that a name means.
   *
   * @throws MissingColumnException if there is none
   * @throws MisfitException if the name leads into an array or a map
   */
  static String existing(TableShape table, String name) {
    return table.find(name).orElseThrow(() -> missing(table, name));
  }

  static List<String> existing(TableShape table, List<String> names) {
    return names.stream().map(name -> existing(table, name)).toList();
  }

  private static RuntimeException missing(TableShape table, String name) {
    return table
        .collectionOn(name)
        .<RuntimeException>map(
            outer ->
                new MisfitException(
                    "'%s' leads into '%s', which is %s; a rule names fields of structs, not what arrays and maps hold"
                        .formatted(
                            name,
                            outer,
                            table.typeOf(outer).startsWith("map") ? "a map" : "an array")))
        .orElseGet(() -> new MissingColumnException(name, table.suggestion(name)));
  }
}

package dev.assay.model;

import java.util.List;

/**
 * A number measured for rules.
 *
 * @param name what was measured, for example {@code Completeness}
 * @param columns of which columns
 * @param detail the SQL that narrows or defines it; empty if there is none
 */
public record Metric(String name, List<String> columns, String detail, double value) {
  public Metric {
    columns = List.copyOf(columns);
  }
}

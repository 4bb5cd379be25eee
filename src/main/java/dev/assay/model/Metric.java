package dev.assay.model;

import java.util.List;

/**
 * A number measured for rules.
 *
 * @param id the same for the same measurement in every run, whatever of it may be shown
 * @param name what was measured, for example {@code Completeness}
 * @param columns of which columns
 * @param detail the SQL that narrows or defines it; empty if there is none
 */
public record Metric(String id, String name, List<String> columns, String detail, double value) {
  /** A broken term of a contract; the detail begins with the contract's name and a colon. */
  public static final String BROKEN_CONTRACT = "ContractBroken";

  public Metric {
    columns = List.copyOf(columns);
  }

  /** A metric whose detail may be shown. */
  public Metric(String name, List<String> columns, String detail, double value) {
    this(idOf(name, columns, detail), name, columns, detail, value);
  }

  /** The same number under a detail that may be shown. */
  public Metric showing(String shown) {
    return new Metric(id, name, columns, shown, value);
  }

  /** What the same metric of another run is found by. */
  public static String idOf(String name, List<String> columns, String detail) {
    return Fingerprint.of(name, String.join("\u0000", columns), detail).hex().substring(0, 32);
  }
}

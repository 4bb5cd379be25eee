package dev.assay.model.lineage;

/**
 * How a column depends on one that was read; the names and their meaning are OpenLineage's
 * transformation subtypes.
 */
public enum Relation {
  /** The value as it was read. */
  IDENTITY,
  /** Computed from the value. */
  TRANSFORMATION,
  /** Computed from the values of many rows. */
  AGGREGATION,
  /** Decides which rows meet. */
  JOIN,
  /** Decides which rows there are. */
  FILTER,
  /** Decides which rows are taken together. */
  GROUP_BY,
  /** Decides the order, and which of several rows is kept. */
  SORT,
  /** Decides over which rows a window function goes. */
  WINDOW,
  /** Decides which of several values is taken. */
  CONDITIONAL;

  /** Whether values come from it, and not only which rows or values are taken. */
  public boolean direct() {
    return this == IDENTITY || this == TRANSFORMATION || this == AGGREGATION;
  }

  /** Of a value computed from one that has this relation: an aggregate of a copy aggregates. */
  public Relation then(Relation outer) {
    return direct() && outer.compareTo(this) > 0 ? outer : this;
  }
}

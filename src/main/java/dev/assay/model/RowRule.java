package dev.assay.model;

/**
 * A condition every row must meet to be written.
 *
 * @param id name of the rule, shown as the reason in the quarantine
 * @param predicate Spark SQL over the row's columns; a row for which it is false or NULL breaks it
 */
public record RowRule(String id, String predicate) {}

package dev.assay.model.job;

/**
 * The rows of a package.
 *
 * @param text as the producer wrote it, which Lake Formation takes
 * @param expression what it means
 */
public record RowFilter(String text, RowExpression expression) {}

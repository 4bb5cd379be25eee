package dev.assay.model;

/**
 * A place in a text file.
 *
 * @param line first is 1
 * @param column first is 1
 */
public record Position(int line, int column) {}

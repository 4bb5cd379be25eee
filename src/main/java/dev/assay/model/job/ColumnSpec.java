package dev.assay.model.job;

import java.util.Optional;

/**
 * A declared column of an input.
 *
 * @param name its name in the files
 * @param type a Spark SQL type
 * @param format how its text is written: a date pattern such as {@code dd.MM.yyyy}, a number such
 *     as {@code 1.234,56}, or true and false such as {@code Y/N}
 * @param nullable whether it may be absent or NULL
 */
public record ColumnSpec(String name, String type, Optional<String> format, boolean nullable) {}

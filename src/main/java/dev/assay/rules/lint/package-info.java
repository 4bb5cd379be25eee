/**
 * What a ruleset says against itself, or against a table's columns, found without reading a row.
 * Knows rules and their plans, no engine and no data.
 */
@NullMarked
package dev.assay.rules.lint;

import org.jspecify.annotations.NullMarked;

/**
 * The ledger as plain files, for those without Iceberg. What leaves is a choice: columns are named
 * one by one, and what tells of single texts or messages is added up first, so that an export holds
 * nothing that {@code forget} would have to find. Knows tables of the ledger by their names and
 * columns only; without Spark.
 */
@NullMarked
package dev.assay.exports;

import org.jspecify.annotations.NullMarked;

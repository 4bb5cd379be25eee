/** The ledger as Iceberg tables, written and read without Spark. */
@NullMarked
package dev.assay.scores.iceberg;

import org.jspecify.annotations.NullMarked;

/** Messages, verdicts and the ledger of sendings as Iceberg tables, read without Spark. */
@NullMarked
package dev.assay.sending.iceberg;

import org.jspecify.annotations.NullMarked;

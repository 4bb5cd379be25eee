/** How tables in namespace {@code assay} are kept: plain Iceberg, without Spark. */
@NullMarked
package dev.assay.ledger;

import org.jspecify.annotations.NullMarked;

/** Iceberg tables as slices, and evidence kept in an Iceberg table. */
@NullMarked
package dev.assay.rules.evidence.iceberg;

import org.jspecify.annotations.NullMarked;

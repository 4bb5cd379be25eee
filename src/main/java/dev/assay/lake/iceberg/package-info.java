/** Iceberg tables: the catalog, staged snapshots on branches, the commit to main. */
@NullMarked
package dev.assay.lake.iceberg;

import org.jspecify.annotations.NullMarked;

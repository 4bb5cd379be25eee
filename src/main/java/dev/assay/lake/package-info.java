/**
 * Reading raw sources, staging on branches, quarantine. The formats are in lake.files, Iceberg in
 * lake.iceberg. Knows nothing of rules or scores.
 */
@NullMarked
package dev.assay.lake;

import org.jspecify.annotations.NullMarked;

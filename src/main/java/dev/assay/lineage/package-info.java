/**
 * From which columns of its inputs a job makes the columns of its table: of a prepare job by its
 * steps, of a build job by the plan that Spark analysed. Announced as OpenLineage events by {@code
 * publishing}.
 */
@org.jspecify.annotations.NullMarked
package dev.assay.lineage;

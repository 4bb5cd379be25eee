/**
 * Runs as OpenLineage events: what they read and wrote, down to the column, under the names that
 * catalogs know.
 */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.openlineage;

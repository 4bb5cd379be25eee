/** What was decided about subscriptions, in the ledger. */
@org.jspecify.annotations.NullMarked
package dev.assay.catalog.iceberg;

/** Deliveries in the ledger. */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.iceberg;

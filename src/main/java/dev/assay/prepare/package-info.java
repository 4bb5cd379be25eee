/**
 * Raw rows into typed, deduplicated, protected rows, each with its fate: written, filtered,
 * duplicate or quarantined. Knows neither files nor tables.
 */
@NullMarked
package dev.assay.prepare;

import org.jspecify.annotations.NullMarked;

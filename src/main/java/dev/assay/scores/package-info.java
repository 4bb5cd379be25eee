/**
 * Outcomes into a score, its explanation and the gate's decision; the ledger that remembers them.
 * Knows no Spark and no tables but its own.
 */
@NullMarked
package dev.assay.scores;

import org.jspecify.annotations.NullMarked;

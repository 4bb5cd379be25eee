/**
 * Whether a table keeps what its consumers were promised, told from what the ledger remembers.
 * Evaluates no rule and reads no table.
 */
@NullMarked
package dev.assay.contracts;

import org.jspecify.annotations.NullMarked;

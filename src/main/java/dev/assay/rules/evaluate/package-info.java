/**
 * From measures to numbers, by one pass of Deequ's analyzers; from numbers to outcomes. Knows
 * nothing of runs, gates or ledgers.
 */
@NullMarked
package dev.assay.rules.evaluate;

import org.jspecify.annotations.NullMarked;

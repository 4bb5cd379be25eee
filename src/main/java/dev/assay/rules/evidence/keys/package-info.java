/**
 * How often each key occurs: unique values, distinct values, entropy. Not a merge of slices in
 * general, so there is a ladder from cheap to dear, each step exact: what is stored for the same
 * slices; keys that only rise from row to row; new keys against a set that was proven unique; few
 * values counted by slice; keys sorted as 64-bit numbers or hashes; and Spark's own grouping.
 */
@NullMarked
package dev.assay.rules.evidence.keys;

import org.jspecify.annotations.NullMarked;

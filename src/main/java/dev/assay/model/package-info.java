/**
 * The words every part of Assay shares: names, outcomes, scores, decisions, counts. Values only; no
 * Spark, no files, no clocks.
 */
@NullMarked
package dev.assay.model;

import org.jspecify.annotations.NullMarked;

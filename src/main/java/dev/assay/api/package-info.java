/**
 * The small stable Java API: score a dataset with a ruleset, from any Spark job. Also what the
 * commands use.
 */
@NullMarked
package dev.assay.api;

import org.jspecify.annotations.NullMarked;

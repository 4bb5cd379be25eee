/**
 * From a look at an input to a proposed job and ruleset. Guesses only; what it writes is for a
 * person to review.
 */
@NullMarked
package dev.assay.suggest;

import org.jspecify.annotations.NullMarked;

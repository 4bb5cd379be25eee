/**
 * Files to begin with: a job and a ruleset after a look at an input, and a team's repository. What
 * it writes is for a person to review.
 */
@NullMarked
package dev.assay.suggest;

import org.jspecify.annotations.NullMarked;

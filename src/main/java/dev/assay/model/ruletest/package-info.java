/** A team's tests of its rules: a few rows, a rule, and what should come of it. */
@NullMarked
package dev.assay.model.ruletest;

import org.jspecify.annotations.NullMarked;

/**
 * From DQDL text to a tree of rules with positions. Knows neither data nor how a rule is measured.
 */
@NullMarked
package dev.assay.rules.parse;

import org.jspecify.annotations.NullMarked;

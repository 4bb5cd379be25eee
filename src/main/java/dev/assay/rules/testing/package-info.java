/** Puts rules to rows that were made up to test them. */
@NullMarked
package dev.assay.rules.testing;

import org.jspecify.annotations.NullMarked;

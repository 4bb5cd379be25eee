/** Data quality rules in DQDL. The folders say the flow: parse, plan, evaluate. */
@NullMarked
package dev.assay.rules;

import org.jspecify.annotations.NullMarked;

/** From a rule to the measures it needs and the assertion on them. Knows no data and no engine. */
@NullMarked
package dev.assay.rules.plan;

import org.jspecify.annotations.NullMarked;

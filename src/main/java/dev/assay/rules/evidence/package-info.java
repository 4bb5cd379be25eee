/**
 * A score is a merge of evidence. A table is cut into {@link dev.assay.rules.evidence.Slice slices}
 * that never change; what rules need is cut into {@link dev.assay.rules.evidence.Fact facts} that
 * can be merged. For each slice and fact the cheapest exact evidence is taken: metadata, what an
 * earlier scoring stored, and else one pass over just the slices that miss something.
 */
@NullMarked
package dev.assay.rules.evidence;

import org.jspecify.annotations.NullMarked;

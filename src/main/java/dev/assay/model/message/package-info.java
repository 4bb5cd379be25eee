/** Values of message verdicts: categories, confidences, decisions and their reasons. */
@NullMarked
package dev.assay.model.message;

import org.jspecify.annotations.NullMarked;

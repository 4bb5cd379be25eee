/** Data products: one SQL statement over declared tables. */
@NullMarked
package dev.assay.semantic;

import org.jspecify.annotations.NullMarked;

/** Keys in a local file, for a laptop. */
@NullMarked
package dev.assay.keys.files;

import org.jspecify.annotations.NullMarked;

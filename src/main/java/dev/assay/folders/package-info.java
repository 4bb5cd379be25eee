/**
 * Files as something to be scored: those that rules speak of, and folders whose files are slices.
 * Joins what reads files with what asks for them; stages know nothing of it.
 */
@NullMarked
package dev.assay.folders;

import org.jspecify.annotations.NullMarked;

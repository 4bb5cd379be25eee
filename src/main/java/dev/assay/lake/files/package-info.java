/**
 * Raw files into rows that know their file, offset and what is wrong with them. One pass; nothing
 * is dropped.
 */
@NullMarked
package dev.assay.lake.files;

import org.jspecify.annotations.NullMarked;

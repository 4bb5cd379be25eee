/** Messages as files in a folder: the channel that needs nothing else. */
@NullMarked
package dev.assay.sending.files;

import org.jspecify.annotations.NullMarked;

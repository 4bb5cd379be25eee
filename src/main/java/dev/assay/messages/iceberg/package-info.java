/** Answers and reviews as Iceberg tables of namespace {@code assay}. */
@NullMarked
package dev.assay.messages.iceberg;

import org.jspecify.annotations.NullMarked;

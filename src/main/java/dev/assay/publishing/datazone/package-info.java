/** Amazon DataZone: scores on assets, and lineage. */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.datazone;

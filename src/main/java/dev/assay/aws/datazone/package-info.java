/** Finding a table's asset in DataZone. */
@org.jspecify.annotations.NullMarked
package dev.assay.aws.datazone;

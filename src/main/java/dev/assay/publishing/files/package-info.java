/** Announcements as files: the embedded destination. */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.files;

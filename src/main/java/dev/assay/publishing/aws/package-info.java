/** What a failed call to AWS means for what was to be delivered. */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.aws;

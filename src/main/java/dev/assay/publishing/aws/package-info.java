/** What destinations on AWS share: clients, and what a failed call means. */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing.aws;

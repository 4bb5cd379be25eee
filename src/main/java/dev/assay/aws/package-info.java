/** What all who call AWS share: clients, what a failed call means, where an asset is. */
@org.jspecify.annotations.NullMarked
package dev.assay.aws;

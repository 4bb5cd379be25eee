/** Locations, tags and row and column filters in AWS Lake Formation. */
@org.jspecify.annotations.NullMarked
package dev.assay.catalog.lakeformation;

/**
 * What a table is to others: registered in a catalog with its business metadata, and opened to
 * consumers by the packages that its producer defines. Everything here may be repeated: what is
 * there already is kept.
 */
@NullMarked
package dev.assay.catalog;

import org.jspecify.annotations.NullMarked;

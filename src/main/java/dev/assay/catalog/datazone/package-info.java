/** Registration, business metadata and subscriptions in Amazon DataZone. */
@org.jspecify.annotations.NullMarked
package dev.assay.catalog.datazone;

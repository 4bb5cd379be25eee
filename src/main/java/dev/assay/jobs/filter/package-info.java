/** Reads row expressions as Lake Formation's grammar has them. */
@org.jspecify.annotations.NullMarked
package dev.assay.jobs.filter;

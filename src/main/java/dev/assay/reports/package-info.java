/**
 * What people read: the summary in the terminal, HTML, JSON and JUnit. Works on values from the
 * ledger; computes no score.
 */
@NullMarked
package dev.assay.reports;

import org.jspecify.annotations.NullMarked;

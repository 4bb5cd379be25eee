/**
 * What is kept of a person, found and removed: quarantined records, verdicts, decisions about
 * texts, lines about sendings, reports. Knows the pipeline and its stages; none of them knows it.
 * What the person is known by stays in memory: neither plans of queries nor the ledger, logs or
 * errors hold it.
 */
@NullMarked
package dev.assay.erasure;

import org.jspecify.annotations.NullMarked;

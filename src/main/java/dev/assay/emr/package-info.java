/**
 * Runs of pipelines and jobs on Amazon EMR: what is asked for and why, how a run is started once
 * and followed, and what it cost. {@link dev.assay.emr.Platform} is the port to EMR Serverless and
 * to clusters on EC2, {@link dev.assay.emr.Notes} the one to what is remembered of a submission.
 * Knows nothing of what a run does, starts no Spark and writes no ledger.
 */
@NullMarked
package dev.assay.emr;

import org.jspecify.annotations.NullMarked;

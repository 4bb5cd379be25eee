/** Runs on an application of EMR Serverless. */
@NullMarked
package dev.assay.emr.serverless;

import org.jspecify.annotations.NullMarked;

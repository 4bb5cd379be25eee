/** Runs on a cluster of EMR on EC2 that lives for one run. */
@NullMarked
package dev.assay.emr.ec2;

import org.jspecify.annotations.NullMarked;

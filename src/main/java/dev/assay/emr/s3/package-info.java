/** Notes on submissions, and results, in S3. */
@NullMarked
package dev.assay.emr.s3;

import org.jspecify.annotations.NullMarked;

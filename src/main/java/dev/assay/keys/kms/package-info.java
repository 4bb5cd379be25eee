/** Keys in a local file that is of no use without an AWS KMS key. */
@NullMarked
package dev.assay.keys.kms;

import org.jspecify.annotations.NullMarked;

/** Messages to an SNS topic, and text messages by SNS. */
@NullMarked
package dev.assay.sending.sns;

import org.jspecify.annotations.NullMarked;

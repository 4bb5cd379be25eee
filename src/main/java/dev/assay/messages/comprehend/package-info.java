/**
 * Amazon Comprehend behind the ports of {@link dev.assay.messages}: an endpoint that is asked text
 * by text, batch jobs, personal data, and training. The only package that knows Comprehend's
 * client; it knows nothing about verdicts.
 */
@NullMarked
package dev.assay.messages.comprehend;

import org.jspecify.annotations.NullMarked;

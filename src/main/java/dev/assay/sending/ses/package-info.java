/** Mails by Amazon SES. */
@NullMarked
package dev.assay.sending.ses;

import org.jspecify.annotations.NullMarked;

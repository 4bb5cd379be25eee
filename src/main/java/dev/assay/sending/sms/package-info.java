/** Text messages by AWS End User Messaging. */
@NullMarked
package dev.assay.sending.sms;

import org.jspecify.annotations.NullMarked;

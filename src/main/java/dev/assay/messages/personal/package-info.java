/** Personal data found on this machine, by well-kept libraries where there are any. */
@NullMarked
package dev.assay.messages.personal;

import org.jspecify.annotations.NullMarked;

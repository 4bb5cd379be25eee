/**
 * What the channels over AWS share: clients that send a request once, and what their failures mean.
 */
@NullMarked
package dev.assay.sending.aws;

import org.jspecify.annotations.NullMarked;

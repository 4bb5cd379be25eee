/**
 * Key material for protecting personal data: tokens and ciphertexts that carry the id of their key.
 * Where keys are kept is an adapter's business.
 */
@NullMarked
package dev.assay.keys;

import org.jspecify.annotations.NullMarked;

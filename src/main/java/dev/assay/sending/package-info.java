/**
 * Lets compliant messages go, each once as far as its channel allows. Ports stand here, what they
 * are made of in packages named after it. Knows neither how verdicts came about nor which keys
 * protect an address: both are handed in.
 */
@NullMarked
package dev.assay.sending;

import org.jspecify.annotations.NullMarked;

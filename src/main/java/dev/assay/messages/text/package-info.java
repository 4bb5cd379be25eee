/**
 * What is done to a message's text before anybody classifies it: {@link NormalText} undoes
 * disguises, {@link TextLook} recognises what no classifier should be asked about. Plain Java,
 * without Spark; the original text is never changed.
 */
@NullMarked
package dev.assay.messages.text;

import org.jspecify.annotations.NullMarked;

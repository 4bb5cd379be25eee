/**
 * Text to verdicts. {@link dev.assay.messages.Classifier} is the port: the local model ({@code
 * messages.local}), Comprehend's endpoint and batch jobs ({@code messages.comprehend}), or a
 * cascade of two. {@link dev.assay.messages.Verdicts} is the flow: normalise, keep one of each
 * text, ask only about those nobody has asked about before, decide, and give every message its
 * verdict.
 */
@NullMarked
package dev.assay.messages;

import org.jspecify.annotations.NullMarked;

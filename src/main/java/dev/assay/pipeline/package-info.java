/**
 * The story of a run: read, prepare or build, stage, score, gate, publish. Knows every stage; no
 * stage knows it.
 */
@NullMarked
package dev.assay.pipeline;

import org.jspecify.annotations.NullMarked;

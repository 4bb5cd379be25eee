/**
 * The commands: options in, exit code out. The only place that creates adapters and wires them
 * together.
 */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;

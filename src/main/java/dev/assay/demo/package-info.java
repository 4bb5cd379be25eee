/**
 * The raw data of a connected-vehicle company, made from a seed. Nothing depends on it but the demo
 * command.
 */
@NullMarked
package dev.assay.demo;

import org.jspecify.annotations.NullMarked;

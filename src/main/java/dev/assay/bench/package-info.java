/**
 * Measurements that decisions rest on, against a peer in the same process. Nothing depends on it
 * but its command.
 */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;

/**
 * How the datasets of the ledger are: on time, usual, held. Values in, values out; reads nothing
 * itself and knows no Spark.
 */
@NullMarked
package dev.assay.health;

import org.jspecify.annotations.NullMarked;

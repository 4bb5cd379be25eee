/**
 * The classifier that runs on this machine: hashed word and character n-grams, one calibrated
 * logistic regression per category, trained with Spark ML ({@link
 * dev.assay.messages.local.Trainer}) from the CSV that Comprehend trains from too.
 */
@NullMarked
package dev.assay.messages.local;

import org.jspecify.annotations.NullMarked;

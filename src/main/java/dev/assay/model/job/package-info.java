/**
 * What pipelines, jobs and profiles say, as values. Read from files by jobs; used by every stage.
 */
@NullMarked
package dev.assay.model.job;

import org.jspecify.annotations.NullMarked;

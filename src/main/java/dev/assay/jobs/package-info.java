/**
 * Pipelines, jobs and profiles: YAML files into records that cannot be wrong, with the line and
 * column of whatever is. Knows no Spark and runs nothing.
 */
@NullMarked
package dev.assay.jobs;

import org.jspecify.annotations.NullMarked;

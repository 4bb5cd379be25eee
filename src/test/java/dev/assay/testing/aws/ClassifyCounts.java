package dev.assay.testing.aws;

/**
 * What the ClassifyDocument of a stub has seen. Requests that a planned fault answered instead of
 * it are not in.
 *
 * @param calls including those refused or throttled
 * @param throttled those over the quota
 * @param characters of the calls answered
 * @param units of the calls answered, as they are paid: one for 100 characters begun, at least
 *     three a call
 * @param distinctTexts of the calls answered
 * @param maximumParallel the most calls that were there at the same time
 */
public record ClassifyCounts(
    int calls,
    int throttled,
    long characters,
    long units,
    int distinctTexts,
    int maximumParallel) {}

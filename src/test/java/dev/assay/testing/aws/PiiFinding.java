package dev.assay.testing.aws;

/**
 * Personal data found in a text.
 *
 * @param type as in the service's list, for example EMAIL
 * @param begin index in the Java string, included; the stub counts code points from it
 * @param end index in the Java string, not included
 * @param score from 0 to 1
 */
public record PiiFinding(String type, int begin, int end, double score) {}

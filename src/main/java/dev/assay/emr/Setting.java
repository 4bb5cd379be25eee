package dev.assay.emr;

/**
 * Something that is asked for, and why it is as it is.
 *
 * @param why a sentence without its end; empty if the profile says it
 */
public record Setting(String name, String value, String why) {}

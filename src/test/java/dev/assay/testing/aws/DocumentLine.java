package dev.assay.testing.aws;

/**
 * One document of a batch job.
 *
 * @param file name of the object, without its folders
 * @param line from 0; -1 where a file is one document
 */
public record DocumentLine(String file, int line, String text) {}

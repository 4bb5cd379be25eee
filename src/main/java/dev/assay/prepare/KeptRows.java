package dev.assay.prepare;

import java.io.Serializable;

/**
 * Some rows of a partition: those to write, those to set aside, and how many there were of each.
 */
record KeptRows(RowPack sound, RowPack wrong, RowTally tally) implements Serializable {}

/**
 * What the line found, told to others. Announcements follow from the ledger alone: the same runs
 * give the same announcements under the same keys, so nothing has to be kept to tell them later.
 * The outbox compares them with what is delivered already, and hands the rest to destinations, a
 * table's in their order. A destination that is down fails no run.
 */
@org.jspecify.annotations.NullMarked
package dev.assay.publishing;

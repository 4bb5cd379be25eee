package dev.assay.catalog;

import java.util.List;

/** What was decided about requests, for ever. */
public interface RecordedDecisions {
  void add(RecordedDecision decision);

  /** All of them, the oldest first. */
  List<RecordedDecision> read();
}

package dev.assay.publishing;

import dev.assay.model.RuleOutcome;
import dev.assay.model.lineage.RunLineage;
import java.util.List;

/** How a run is told as an OpenLineage event. */
public interface LineageEvents {
  /**
   * The event, as JSON; the same for the same facts.
   *
   * @param outcomes of a run that was held, which it tells as assertions
   */
  String json(Announcement announcement, RunLineage lineage, List<RuleOutcome> outcomes);
}

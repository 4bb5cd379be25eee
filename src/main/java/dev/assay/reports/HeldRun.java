package dev.assay.reports;

import dev.assay.model.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** What people are told of a run that waits for a decision. */
public final class HeldRun {
  private HeldRun() {}

  /** Why it is held, and what it changed all the same: the columns of a table are no branch's. */
  public static List<String> reasons(RunRecord run) {
    List<String> lines = new ArrayList<>();
    run.gateReasons().forEach(reason -> lines.add("✗ " + reason));
    if (!run.note().isBlank()) {
      lines.add("! " + run.note());
    }
    return lines;
  }

  /** The commands that decide. */
  public static String decision(RunRecord run) {
    String id = run.runId().substring(0, 8);
    return run.isStaged()
        ? "decide: assay approve %s --reason \"…\"   or   assay discard %s".formatted(id, id)
        : "decide: assay run … --accept-drift   or   assay discard %s".formatted(id);
  }
}

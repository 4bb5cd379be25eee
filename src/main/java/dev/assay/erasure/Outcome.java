package dev.assay.erasure;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found of a person, and what became of it.
 *
 * @param erasureId under which the ledger has it; empty if nothing was to be changed
 * @param places where something was found, removed or could not be looked into
 * @param searched how many tables were looked through
 * @param reports files that may show something of the person
 * @param reportsDeleted whether these are gone
 * @param notes what else is to be known
 */
public record Outcome(
    String erasureId,
    List<Place> places,
    int searched,
    List<Path> reports,
    boolean reportsDeleted,
    List<String> notes) {
  public Outcome {
    places = List.copyOf(places);
    reports = List.copyOf(reports);
    notes = List.copyOf(notes);
  }

  /** Whether something may be left although it was to go. */
  public boolean isIncomplete() {
    return places.stream().anyMatch(place -> place.unsearchable() > 0 || place.byHand());
  }
}

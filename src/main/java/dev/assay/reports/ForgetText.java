package dev.assay.reports;

import dev.assay.erasure.Outcome;
import dev.assay.erasure.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was found of a person and what became of it, in the terminal. */
public final class ForgetText {
  private ForgetText() {}

  /** A table of places, and what is to be said about them. */
  public static String of(Outcome outcome, boolean dryRun) {
    List<String> parts = new ArrayList<>();
    if (outcome.places().isEmpty()) {
      parts.add(
          "Nothing is kept of this person in the %s looked through."
              .formatted(tables(outcome.searched())));
    } else {
      parts.add(table(outcome.places(), dryRun));
    }
    List<String> remarks = remarks(outcome, dryRun);
    if (!remarks.isEmpty()) {
      parts.add(String.join("\n", remarks));
    }
    return String.join("\n\n", parts);
  }

  private static String table(List<Place> places, boolean dryRun) {
    return new TextTable<Place>()
        .left(dryRun ? "place (dry run)" : "place", Place::name)
        .right("rows", place -> Numbers.count(place.rows()))
        .right("older copies", place -> Numbers.count(place.older()))
        .right(
            dryRun ? "to remove" : "removed",
            place -> Numbers.count(dryRun ? going(place) : removed(place)))
        .right("not searchable", place -> Numbers.count(place.unsearchable()))
        .of(places);
  }

  private static long going(Place place) {
    return place.note().isEmpty() ? place.rows() + place.older() : 0;
  }

  private static long removed(Place place) {
    return place.rows() + place.older() - place.left();
  }

  private static List<String> remarks(Outcome outcome, boolean dryRun) {
    List<String> remarks = new ArrayList<>();
    for (Place place : outcome.places()) {
      if (!place.note().isEmpty()) {
        remarks.add("%s: %s.".formatted(place.name(), place.note()));
      }
      if (!place.givenUp().isEmpty() && place.note().isEmpty()) {
        remarks.add(
            "%s: %s %s; what they held cannot be scored or read again."
                .formatted(
                    place.name(),
                    dryRun ? "would give up" : "gave up",
                    String.join(", ", place.givenUp())));
      }
    }
    long sealed = outcome.places().stream().mapToLong(Place::unsearchable).sum();
    if (sealed > 0) {
      remarks.add(
          "✗ %s encrypted or unreadable and could not be looked into. Call again with a profile that has their keys."
              .formatted(sealed == 1 ? "1 record is" : Numbers.count(sealed) + " records are"));
    }
    if (!outcome.reports().isEmpty()) {
      remarks.add(reports(outcome));
    }
    remarks.addAll(outcome.notes());
    if (!outcome.erasureId().isEmpty()) {
      remarks.add("Recorded in assay.erasures as %s.".formatted(outcome.erasureId()));
    }
    remarks.add(
        "Raw files are never changed: a run that reads the person in one brings the person back.");
    return remarks;
  }

  private static String reports(Outcome outcome) {
    String files =
        outcome.reports().stream().map(Path::toString).collect(Collectors.joining("\n  "));
    return outcome.reportsDeleted()
        ? "Deleted reports:\n  " + files
        : "Reports that may show something of the person (--delete-reports deletes them):\n  "
            + files;
  }

  private static String tables(int count) {
    return count == 1 ? "1 table" : count + " tables";
  }
}

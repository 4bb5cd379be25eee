package dev.assay.erasure;

import dev.assay.lake.iceberg.RowRemoval;
import dev.assay.lake.iceberg.RowRemoval.Found;
import dev.assay.ledger.Erasures;
import dev.assay.pipeline.Lane;
import dev.assay.pipeline.PublishedRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Removes what is kept of a person. What is found through other rows goes before those, so that a
 * call that was killed is completed by calling again; a call that finds nothing changes nothing.
 */
public final class Forgetting {
  private static final String REPORTS = "reports";

  private final Lane lane;
  private final Person person;
  private final Wish wish;
  private final String erasureId = UUID.randomUUID().toString();

  public Forgetting(Lane lane, Person person, Wish wish) {
    this.lane = lane;
    this.person = person;
    this.wish = wish;
  }

  /** Says what would be removed. Changes nothing. */
  public Outcome look() {
    wish.check(person);
    Survey survey = new Survey(lane, person, wish).run();
    List<Place> places = new ArrayList<>();
    survey.searches().forEach(search -> places.add(search.place()));
    return outcome("", survey, places, reports(survey), false);
  }

  /**
   * Removes it.
   *
   * @throws dev.assay.model.AssayException if a run that has not ended holds rows of the person, or
   *     others do not stop adding such rows; calling again completes it
   */
  public Outcome forget() {
    wish.check(person);
    Survey survey = new Survey(lane, person, wish).run();
    PublishedRows published = new PublishedRows(lane);
    List<Search> going = survey.searches().stream().filter(search -> !search.stays()).toList();
    going.stream()
        .filter(search -> search.kind() == Search.Kind.PUBLISHED)
        .forEach(search -> published.requireEnded(search.table(), search.found()));
    List<Path> reports = reports(survey);
    record(going.stream().map(Search::place).toList(), reports, false);
    if (wish.reports()) {
      ReportPages.delete(reports);
    }
    List<Place> places = new ArrayList<>();
    for (Search search : survey.searches()) {
      places.add(search.stays() ? search.place() : search.emptied(remove(search, published)));
    }
    record(
        places.stream().filter(place -> place.note().isEmpty()).toList(),
        wish.reports() ? reports : List.of(),
        true);
    return outcome(erasureId, survey, places, reports, wish.reports());
  }

  private Found remove(Search search, PublishedRows published) {
    if (search.kind() == Search.Kind.PUBLISHED && !search.found().isNothing()) {
      return published.remove(search.table(), search.choice(), wish.by(), wish.reason());
    }
    return new RowRemoval(lane.spark(), lane.catalog()).remove(search.table(), search.choice());
  }

  private List<Path> reports(Survey survey) {
    return new ReportPages(lane.profile().home()).about(person, survey.shown());
  }

  /** Tables without the person have no line, except in a call that found nothing at all. */
  private void record(List<Place> places, List<Path> reports, boolean done) {
    Instant now = lane.clock().instant();
    List<Place> told = new ArrayList<>(places.stream().filter(Place::found).toList());
    if (!reports.isEmpty() && wish.reports()) {
      told.add(
          new Place(REPORTS, reports.size(), 0, done ? 0 : reports.size(), 0, Set.of(), "", false));
    }
    if (told.isEmpty()) {
      long sealed = places.stream().mapToLong(Place::unsearchable).sum();
      told.add(new Place("all", 0, 0, 0, sealed, Set.of(), "", false));
    }
    new Erasures(lane.catalog().iceberg())
        .add(told.stream().map(place -> line(place, now, done)).toList());
  }

  private Erasures.Line line(Place place, Instant now, boolean done) {
    return new Erasures.Line(
        erasureId,
        now,
        "forget",
        done,
        wish.by(),
        wish.reason(),
        place.name(),
        place.rows(),
        place.older(),
        place.left(),
        place.unsearchable(),
        List.copyOf(place.givenUp()));
  }

  private static Outcome outcome(
      String id, Survey survey, List<Place> places, List<Path> reports, boolean deleted) {
    List<Place> told = new ArrayList<>();
    places.stream().filter(place -> place.found() || place.unsearchable() > 0).forEach(told::add);
    told.addAll(survey.files());
    return new Outcome(id, told, places.size(), reports, deleted, survey.notes());
  }
}

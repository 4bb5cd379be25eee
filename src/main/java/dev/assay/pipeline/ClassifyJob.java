package dev.assay.pipeline;

import dev.assay.lake.iceberg.Staging;
import dev.assay.messages.Bill;
import dev.assay.messages.Classifier;
import dev.assay.messages.ClassifierSource;
import dev.assay.messages.PersonalData;
import dev.assay.messages.Saving;
import dev.assay.messages.Verdicts;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.model.Spending;
import dev.assay.model.job.Classify;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a classify job: a verdict for every message of its input. */
final class ClassifyJob {
  private static final String CLASSIFICATION = "classification";
  private static final String PERSONAL_DATA = "personal-data";

  private final Assignment assignment;
  private final Lane lane;
  private final Job job;
  private final Classify how;
  private final FoundInputs inputs;

  ClassifyJob(Assignment assignment, FoundInputs inputs) {
    this.assignment = assignment;
    this.lane = assignment.lane();
    this.job = assignment.job();
    this.how = job.classify().orElseThrow();
    this.inputs = inputs;
  }

  /** What besides its inputs decides a run's verdicts: the model, and what people decided. */
  static List<String> identities(Lane lane, Job job) {
    return job.classify()
        .map(
            how -> {
              List<String> identities = new ArrayList<>();
              identities.add(
                  "model "
                      + lane.messages().classifiers().open(owner(job), how).classifier().model());
              String reviews = lane.messages().reviews().state();
              if (!reviews.isEmpty()) {
                identities.add("reviews " + reviews);
              }
              return identities;
            })
        .orElse(new ArrayList<>());
  }

  /** Whose answers a classifier keeps until they are stored: no two jobs share a place. */
  static String owner(Job job) {
    return job.pipeline() + "." + job.name();
  }

  JobRows rows(boolean dryRun) {
    Map.Entry<String, Input> input = job.inputs().entrySet().iterator().next();
    Dataset<Row> messages =
        Staging.read(
            lane.spark(),
            lane.catalog(),
            ((Input.Table) input.getValue()).table(),
            Objects.requireNonNull(inputs.snapshots().get(input.getKey())));
    MessageColumns.check(how, messages.columns());
    MessageTools tools = lane.messages();
    ClassifierSource.Opened opened = tools.classifiers().open(owner(job), how);
    PersonalData personalData = tools.classifiers().personalData(owner(job), how);
    Verdicts verdicts =
        new Verdicts(
            how,
            opened,
            new Verdicts.Tools(
                tools.languages(),
                personalData,
                tools.answers(),
                tools.reviews(),
                bill -> agree(bill, dryRun)));
    try {
      Costed costed = given(verdicts, messages, opened.classifier(), personalData);
      Verdicts.Given given = costed.given();
      return new JobRows(
          given.rows(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          metrics(given, opened.classifier().saving(), costed.searched()),
          lineage(input.getKey(), messages, given.rows()),
          verdicts::close);
    } catch (RuntimeException e) {
      verdicts.close();
      throw e;
    }
  }

  /** What is not a column of the message is found in its text. */
  private ColumnLineage lineage(String input, Dataset<Row> messages, Dataset<Row> verdicts) {
    Set<String> carried = Set.of(messages.columns());
    Map<String, Set<ColumnSource>> columns = new LinkedHashMap<>();
    for (String column : verdicts.columns()) {
      ColumnSource source =
          carried.contains(column)
              ? ColumnSource.of(input, column)
              : ColumnSource.of(input, how.text()).then(Relation.TRANSFORMATION);
      columns.put(column, Set.of(source));
    }
    return new ColumnLineage(columns, Set.of());
  }

  /** Verdicts, and what the search for personal data cost. */
  private record Costed(Verdicts.Given given, Bill searched) {}

  private Costed given(
      Verdicts verdicts, Dataset<Row> messages, Classifier classifier, PersonalData personalData) {
    Bill before = classifier.spent();
    Verdicts.Given given;
    Bill searched;
    try {
      given = verdicts.of(messages, job.pipeline() + "/" + job.name(), lane.clock().instant());
    } finally {
      // also what was paid before something failed
      record(classifier.spent().since(before), CLASSIFICATION, classifier.model().name());
      record(classifier.leftBehind(), CLASSIFICATION, classifier.model().name());
      classifier.recorded();
      searched = personalData.spent();
      record(searched, PERSONAL_DATA, "DetectPiiEntities");
      record(personalData.leftBehind(), PERSONAL_DATA, "DetectPiiEntities");
      personalData.recorded();
    }
    // what knows the costs of a killed run goes only once they are in the ledger
    classifier.settled();
    return new Costed(given, searched);
  }

  private void record(Bill spent, String purpose, String service) {
    if (spent.charged()) {
      lane.ledger().recordSpending(spending(spent, purpose, service));
    }
  }

  private Spending spending(Bill spent, String purpose, String service) {
    return new Spending(
        assignment.runId(),
        lane.clock().instant(),
        job.pipeline(),
        job.domain(),
        job.name(),
        job.output().table(),
        purpose,
        service,
        Map.of(
            "documents", spent.documents() + spent.searched(),
            "characters", spent.characters(),
            "units", spent.units()),
        spent.cost(),
        spent.currency());
  }

  /** Says what a paid service will cost, and stops where the job or its user does. */
  private void agree(Bill bill, boolean dryRun) {
    lane.listener().estimated(job.output().table(), bill);
    if (dryRun) {
      throw new AssayException(
          ExitKind.OK,
          "dry run: %s. Nothing was asked and nothing was written.".formatted(bill.inWords()));
    }
    Optional<BigDecimal> most = how.maximumCost();
    if (most.isPresent() && bill.unpriced()) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: max-cost %s cannot be kept, because the profile names no prices; nothing was asked. Add 'comprehend: {prices: {…}}' to it (docs/jobs.md), or take max-cost out."
              .formatted(job.output().table(), most.get()));
    }
    if (most.isPresent() && bill.cost().compareTo(most.get()) > 0) {
      throw new AssayException(
          ExitKind.HELD,
          "%s: classifying would cost about %s %s, over max-cost %s; nothing was asked. Raise max-cost, classify by local or cascade, or search with personal-data: local."
              .formatted(
                  job.output().table(), bill.cost().toPlainString(), bill.currency(), most.get()));
    }
  }

  private List<Metric> metrics(Verdicts.Given given, Optional<Saving> saving, Bill searched) {
    List<Metric> metrics = new ArrayList<>();
    List<String> text = List.of(how.text());
    Verdicts.personalData(given.rows())
        .forEach((type, found) -> metrics.add(new Metric("PersonalData", text, type, found)));
    metrics.add(new Metric("TextsClassified", text, "", given.asked()));
    metrics.add(new Metric("TextsKnown", text, "", given.known()));
    Bill spent = given.spent();
    boolean cascaded = saving.isPresent() && saving.get().questions() > 0;
    if (spent.documents() > 0 || cascaded) {
      metrics.add(new Metric("ClassificationCalls", text, "", spent.documents()));
      metrics.add(new Metric("ClassificationCharacters", text, "", spent.characters()));
      metrics.add(new Metric("ClassificationUnits", text, "", spent.units()));
      metrics.add(
          new Metric("ClassificationCost", text, spent.currency(), spent.cost().doubleValue()));
    }
    if (searched.charged()) {
      metrics.add(new Metric("PersonalDataCalls", text, "", searched.searched()));
      metrics.add(new Metric("PersonalDataUnits", text, "", searched.units()));
      metrics.add(
          new Metric("PersonalDataCost", text, searched.currency(), searched.cost().doubleValue()));
    }
    if (cascaded) {
      Bill whole = saving.get().whole();
      metrics.add(new Metric("CascadeSettled", text, "", saving.get().settled()));
      metrics.add(new Metric("CascadeAsked", text, "", saving.get().asked()));
      metrics.add(
          new Metric("CascadeWholeCost", text, whole.currency(), whole.cost().doubleValue()));
    }
    counted(given.rows(), "decision", "Verdicts", metrics);
    counted(given.rows().selectExpr("explode(restricted_by) AS c"), "c", "Restricted", metrics);
    counted(given.rows().selectExpr("explode(reasons) AS r"), "r", "Review", metrics);
    return metrics;
  }

  private static void counted(Dataset<Row> rows, String column, String name, List<Metric> metrics) {
    for (Row row : rows.groupBy(column).count().collectAsList()) {
      metrics.add(new Metric(name, List.of("decision"), row.getString(0), row.getLong(1)));
    }
  }
}

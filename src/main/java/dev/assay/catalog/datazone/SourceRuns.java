package dev.assay.catalog.datazone;

import dev.assay.aws.AwsFailures;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.datazone.model.ConflictException;
import software.amazon.awssdk.services.datazone.model.DataAssetActivityStatus;
import software.amazon.awssdk.services.datazone.model.DataSourceRunActivity;
import software.amazon.awssdk.services.datazone.model.DataSourceRunStatus;
import software.amazon.awssdk.services.datazone.model.DataSourceRunSummary;
import software.amazon.awssdk.services.datazone.model.GetDataSourceRunResponse;
import software.amazon.awssdk.services.datazone.model.ServiceQuotaExceededException;

/** Runs of data sources: at most 25 a day each, so none without a reason. */
final class SourceRuns {
  private static final Set<DataSourceRunStatus> GOING =
      Set.of(DataSourceRunStatus.REQUESTED, DataSourceRunStatus.RUNNING);

  private final Domain domain;

  SourceRuns(Domain domain) {
    this.domain = domain;
  }

  /**
   * The asset of a table, after a run that begins now.
   *
   * @throws AssayException if the run fails, or does not find the table
   */
  String assetAfterRun(String source, String table) {
    String run = begin(source);
    GetDataSourceRunResponse end = ended(run);
    if (end.status() == DataSourceRunStatus.FAILED) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "The data source's run %s failed%s. Look at it in the DataZone portal, then run this again."
              .formatted(
                  run,
                  end.errorMessage() == null
                      ? ""
                      : " (%s)".formatted(end.errorMessage().errorType())));
    }
    return asset(run, table)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "The run %s of the data source made no asset of %s: the table is not there, or the data access role may not see it."
                        .formatted(run, table)));
  }

  /** The asset of a table by the newest run that succeeded; empty if there is none. */
  Optional<String> knownAsset(String source, String table) {
    return runs(source).stream()
        .filter(
            run ->
                run.status() == DataSourceRunStatus.SUCCESS
                    || run.status() == DataSourceRunStatus.PARTIALLY_SUCCEEDED)
        .findFirst()
        .flatMap(run -> asset(run.id(), table));
  }

  private String begin(String source) {
    String token = UUID.randomUUID().toString();
    domain.patience().progress().accept("running the data source");
    while (true) {
      try {
        return domain
            .client()
            .startDataSourceRun(
                r ->
                    r.domainIdentifier(domain.id()).dataSourceIdentifier(source).clientToken(token))
            .id();
      } catch (ConflictException e) {
        // one that began before the table was included: wait for it, and begin our own
        Optional<DataSourceRunSummary> going =
            runs(source).stream().filter(run -> GOING.contains(run.status())).findFirst();
        if (going.isEmpty()) {
          throw AwsFailures.explain("DataZone", "running the data source", e);
        }
        ended(going.get().id());
      } catch (ServiceQuotaExceededException e) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "The data source ran 25 times today, which is all that DataZone allows. Run this again tomorrow.",
            e);
      } catch (SdkException e) {
        throw AwsFailures.explain("DataZone", "running the data source", e);
      }
    }
  }

  private List<DataSourceRunSummary> runs(String source) {
    return domain.ask(
        "looking at the data source's runs",
        client ->
            client
                .listDataSourceRunsPaginator(
                    r -> r.domainIdentifier(domain.id()).dataSourceIdentifier(source))
                .items()
                .stream()
                .sorted(Comparator.comparing(DataSourceRunSummary::createdAt).reversed())
                .toList());
  }

  private GetDataSourceRunResponse ended(String run) {
    return domain
        .patience()
        .until(
            "the data source's run",
            () ->
                domain.ask(
                    "looking at the data source's run",
                    client ->
                        client.getDataSourceRun(
                            r -> r.domainIdentifier(domain.id()).identifier(run))),
            seen -> !GOING.contains(seen.status()));
  }

  private Optional<String> asset(String run, String table) {
    Optional<DataSourceRunActivity> activity =
        domain.ask(
            "reading what the run did",
            client ->
                client
                    .listDataSourceRunActivitiesPaginator(
                        r -> r.domainIdentifier(domain.id()).identifier(run))
                    .items()
                    .stream()
                    .filter(one -> one.technicalName().equals(table))
                    .findFirst());
    activity
        .filter(
            one ->
                one.dataAssetStatus() == DataAssetActivityStatus.FAILED
                    || one.dataAssetStatus() == DataAssetActivityStatus.SKIPPED_NO_ACCESS)
        .ifPresent(
            one -> {
              throw new AssayException(
                  ExitKind.OUTSIDE_UNAVAILABLE,
                  "The run %s of the data source could not import %s: %s. Check the data access role, then run this again."
                      .formatted(run, table, one.dataAssetStatus()));
            });
    return activity.map(DataSourceRunActivity::dataAssetId);
  }
}

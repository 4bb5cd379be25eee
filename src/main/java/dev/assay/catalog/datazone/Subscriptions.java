package dev.assay.catalog.datazone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.catalog.AccessRequest;
import dev.assay.catalog.Patience;
import dev.assay.catalog.RecordedDecision;
import dev.assay.catalog.RecordedDecision.Verdict;
import dev.assay.catalog.RecordedDecisions;
import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.Publishing;
import dev.assay.model.job.Registering;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.datazone.model.AcceptedAssetScope;
import software.amazon.awssdk.services.datazone.model.FormOutput;
import software.amazon.awssdk.services.datazone.model.SubscribedListing;
import software.amazon.awssdk.services.datazone.model.SubscriptionRequestStatus;
import software.amazon.awssdk.services.datazone.model.SubscriptionRequestSummary;

/**
 * Requests of projects that want to see tables of ours. What is decided is recorded before and
 * after; a request whose end was lost is not pending any more, and its end is read back.
 */
public final class Subscriptions {
  private final Domain domain;
  private final GlueAccount account;
  private final Registering settings;
  private final RecordedDecisions decisions;
  private final Clock clock;

  private Subscriptions(
      Domain domain,
      GlueAccount account,
      Registering settings,
      RecordedDecisions decisions,
      Clock clock) {
    this.domain = domain;
    this.account = account;
    this.settings = settings;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** Opens a domain. */
  public static Subscriptions open(
      Publishing.DataZone datazone,
      GlueAccount account,
      Registering settings,
      RecordedDecisions decisions,
      Patience patience,
      Clock clock) {
    return new Subscriptions(Domain.open(datazone, patience), account, settings, decisions, clock);
  }

  /**
   * Requests that nobody has decided about, the oldest first; those about other things are left.
   */
  public List<AccessRequest> pending() {
    List<AccessRequest> requests = new ArrayList<>();
    List<SubscriptionRequestSummary> open =
        domain.ask(
            "looking for requests",
            client ->
                client
                    .listSubscriptionRequestsPaginator(
                        r ->
                            r.domainIdentifier(domain.id())
                                .approverProjectId(settings.project())
                                .status(SubscriptionRequestStatus.PENDING))
                    .items()
                    .stream()
                    .toList());
    for (SubscriptionRequestSummary one : open) {
      for (SubscribedListing listing : one.subscribedListings()) {
        if (listing.item().assetListing() == null) {
          continue;
        }
        String asset = listing.item().assetListing().entityId();
        table(asset)
            .ifPresent(
                table ->
                    requests.add(
                        new AccessRequest(
                            one.id(),
                            asset,
                            table,
                            one.subscribedPrincipals().get(0).project().id(),
                            Optional.ofNullable(one.subscribedPrincipals().get(0).project().name())
                                .orElse(""),
                            one.requestReason(),
                            one.createdAt())));
      }
    }
    requests.sort(java.util.Comparator.comparing(AccessRequest::askedAt));
    return requests;
  }

  /** The table of an asset, if it is one of this account's catalog. */
  private Optional<TableName> table(String asset) {
    List<JsonNode> forms =
        domain
            .ask(
                "reading the asset",
                client -> client.getAsset(r -> r.domainIdentifier(domain.id()).identifier(asset)))
            .formsOutput()
            .stream()
            .map(FormOutput::content)
            .map(content -> (JsonNode) AssetMetadata.read(content))
            .toList();
    return forms.stream()
        .flatMap(form -> named(form).stream())
        .filter(
            table ->
                forms.stream()
                    .map(form -> form.path("tableArn").asText())
                    .anyMatch(account.arn(table)::equals))
        .findFirst();
  }

  private static Optional<TableName> named(JsonNode form) {
    try {
      return Optional.of(
          new TableName(form.path("databaseName").asText(), form.path("tableName").asText()));
    } catch (IllegalArgumentException e) {
      // a form of another kind, or a table that no job of ours can have written
      return Optional.empty();
    }
  }

  /**
   * Grants a request by a package.
   *
   * @param decidedBy {@code policy} or a person
   */
  public void grant(
      AccessRequest request,
      String packageName,
      AccessPolicy.Package shown,
      String decidedBy,
      String why) {
    List<String> filters = new AssetFilters(domain).of(request.asset(), packageName, shown);
    record(request, packageName, Verdict.INTENDED, decidedBy, why);
    domain.ask(
        "granting request " + request.id(),
        client ->
            client.acceptSubscriptionRequest(
                r -> {
                  r.domainIdentifier(domain.id())
                      .identifier(request.id())
                      .decisionComment("package %s: %s".formatted(packageName, why));
                  if (!filters.isEmpty()) {
                    r.assetScopes(
                        AcceptedAssetScope.builder()
                            .assetId(request.asset())
                            .filterIds(filters)
                            .build());
                  }
                }));
    record(request, packageName, Verdict.GRANTED, decidedBy, why);
  }

  /** Turns a request down. */
  public void reject(AccessRequest request, String decidedBy, String why) {
    domain.ask(
        "rejecting request " + request.id(),
        client ->
            client.rejectSubscriptionRequest(
                r ->
                    r.domainIdentifier(domain.id()).identifier(request.id()).decisionComment(why)));
    record(request, "", Verdict.REJECTED, decidedBy, why);
  }

  /** Reads back the ends of decisions whose second line is missing, after a kill. */
  public int complete() {
    List<RecordedDecision> all = decisions.read();
    int completed = 0;
    for (RecordedDecision one : all) {
      boolean open =
          one.verdict() == Verdict.INTENDED
              && all.stream()
                  .noneMatch(
                      other ->
                          other.request().equals(one.request())
                              && other.verdict() != Verdict.INTENDED);
      if (open
          && domain
                  .ask(
                      "reading request " + one.request(),
                      client ->
                          client.getSubscriptionRequestDetails(
                              r -> r.domainIdentifier(domain.id()).identifier(one.request())))
                  .status()
              == SubscriptionRequestStatus.ACCEPTED) {
        decisions.add(
            new RecordedDecision(
                one.request(),
                one.table(),
                one.project(),
                one.packageName(),
                Verdict.GRANTED,
                one.decidedBy(),
                one.why(),
                clock.instant()));
        completed++;
      }
    }
    return completed;
  }

  private void record(
      AccessRequest request, String packageName, Verdict verdict, String decidedBy, String why) {
    decisions.add(
        new RecordedDecision(
            request.id(),
            request.table(),
            request.project(),
            packageName,
            verdict,
            decidedBy,
            why,
            clock.instant()));
  }
}

package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests of projects to subscribe to a listing, and what is decided about them.
 *
 * <p>Modelled: requests are decided once; at most five filters of a subscription, each of them a
 * valid one of the listing's asset; lists newest first by default, by status and projects and
 * listing. Not modelled: subscriptions and their grants after the decision, subscribers other than
 * projects, permissions, metadata forms, requests of one project for the same listing.
 */
final class DataZoneSubscriptions {
  private static final int FILTERS = 5;
  private static final String STATUS = "status";
  private static final String COMMENT = "decisionComment";

  private final DataZoneContext context;
  private final DataZoneListings listings;
  private final DataZoneAssetFilters filters;
  private final Map<String, ObjectNode> requests = new LinkedHashMap<>();

  DataZoneSubscriptions(
      DataZoneContext context, DataZoneListings listings, DataZoneAssetFilters filters) {
    this.context = context;
    this.listings = listings;
    this.filters = filters;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "CreateSubscriptionRequest",
        request -> context.tokens().once(request, () -> create(request)),
        "ListSubscriptionRequests",
        this::list,
        "GetSubscriptionRequestDetails",
        request -> context.model().pick(request.operation(), find(request.text("identifier"))),
        "AcceptSubscriptionRequest",
        this::accept,
        "RejectSubscriptionRequest",
        this::reject);
  }

  /** Adds a project's request, as its members make it in the portal. */
  String add(String project, String listing, String reason) {
    ObjectNode request =
        context
            .document()
            .put("id", context.ids().next())
            .put("createdBy", DataZoneContext.CALLER)
            .put("createdAt", context.seconds())
            .put("updatedAt", context.seconds())
            .put("requestReason", reason)
            .put(STATUS, "PENDING");
    request
        .putArray("subscribedPrincipals")
        .addObject()
        .putObject("project")
        .put("id", project)
        .put("name", project);
    request.putArray("subscribedListings").add(listings.subscribed(listing));
    requests.put(request.path("id").asText(), request);
    return request.path("id").asText();
  }

  /** A request as the service describes it, with its decision. */
  ObjectNode described(String id) {
    return find(id).deepCopy();
  }

  private ObjectNode create(ModelledRequest request) {
    for (String member : List.of("metadataForms", "assetPermissions", "assetScopes")) {
      if (request.input().has(member)) {
        throw DataZoneErrors.notModelled("%s of a subscription request".formatted(member));
      }
    }
    JsonNode project =
        request.input().path("subscribedPrincipals").path(0).path("project").path("identifier");
    if (project.isMissingNode()) {
      throw DataZoneErrors.notModelled("subscribers other than projects");
    }
    String id =
        add(
            project.asText(),
            request.input().path("subscribedListings").path(0).path("identifier").asText(),
            request.text("requestReason"));
    return context.model().pick(request.operation(), find(id));
  }

  private ObjectNode list(ModelledRequest request) {
    for (String member : List.of("owningIamPrincipalArn", "owningUserId", "owningGroupId")) {
      if (request.input().has(member)) {
        throw DataZoneErrors.notModelled("requests by " + member);
      }
    }
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode each : requests.values()) {
      JsonNode listing = each.path("subscribedListings").path(0);
      ObjectNode keys =
          RequestProtocol.JSON
              .createObjectNode()
              .put("listing", listing.path("id").asText())
              .put("approver", listing.path("ownerProjectId").asText())
              .put(
                  "owner",
                  each.path("subscribedPrincipals").path(0).path("project").path("id").asText());
      if (DataZoneEnvironments.is(request, STATUS, each, STATUS)
          && DataZoneEnvironments.is(request, "subscribedListingId", keys, "listing")
          && DataZoneEnvironments.is(request, "approverProjectId", keys, "approver")
          && DataZoneEnvironments.is(request, "owningProjectId", keys, "owner")) {
        found.add(0, context.model().pickElement(request.operation(), "items", each));
      }
    }
    String by = request.text("sortBy").equals("UPDATED_AT") ? "updatedAt" : "createdAt";
    Comparator<ObjectNode> order = Comparator.comparing(each -> each.path(by).decimalValue());
    found.sort(request.text("sortOrder").equals("ASCENDING") ? order : order.reversed());
    return DataZonePages.of(request, found);
  }

  private ObjectNode accept(ModelledRequest request) {
    if (request.input().has("assetPermissions")) {
      throw DataZoneErrors.notModelled("permissions of a subscription");
    }
    ObjectNode subscription = pending(request);
    JsonNode listing = subscription.path("subscribedListings").path(0);
    ObjectNode asset = (ObjectNode) listing.path("item").path("assetListing");
    String id = listings.asset(listing.path("id").asText());
    for (JsonNode scope : request.input().path("assetScopes")) {
      if (!scope.path("assetId").asText().equals(id)) {
        throw DataZoneErrors.invalid(
            "asset %s is not the one of the request".formatted(scope.path("assetId").asText()));
      }
      if (scope.path("filterIds").size() > FILTERS) {
        throw DataZoneErrors.quota("a subscription has at most %d filters".formatted(FILTERS));
      }
      scope.path("filterIds").forEach(filter -> filters.requireValid(id, filter.asText()));
      ObjectNode taken = scope.deepCopy();
      asset.set("assetScope", taken.put(STATUS, "ACTIVE"));
    }
    return decide(request, subscription, "ACCEPTED");
  }

  private ObjectNode reject(ModelledRequest request) {
    return decide(request, pending(request), "REJECTED");
  }

  private ObjectNode decide(ModelledRequest request, ObjectNode subscription, String status) {
    subscription
        .put(STATUS, status)
        .put("updatedAt", context.seconds())
        .put("updatedBy", DataZoneContext.CALLER)
        .put("reviewerId", DataZoneContext.CALLER);
    if (request.input().has(COMMENT)) {
      subscription.put(COMMENT, request.text(COMMENT));
    }
    return context.model().pick(request.operation(), subscription);
  }

  private ObjectNode pending(ModelledRequest request) {
    ObjectNode subscription = find(request.text("identifier"));
    if (!subscription.path(STATUS).asText().equals("PENDING")) {
      throw DataZoneErrors.conflict(
          "subscription request %s is %s"
              .formatted(subscription.path("id").asText(), subscription.path(STATUS).asText()));
    }
    return subscription;
  }

  private ObjectNode find(String id) {
    ObjectNode request = requests.get(id);
    if (request == null) {
      throw DataZoneErrors.notFound("Subscription request", id);
    }
    return request;
  }
}

package dev.assay.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Listings: what of the inventory consumers see.
 *
 * <p>Modelled: publishing is not done at once, a listing shows the revision that was published
 * until another one is, and the newest points without being published again; withdrawing; search in
 * active listings, in the order of {@link DataZoneRanking}; forms as one JSON text. Each look at a
 * listing is a poll: reading it or its asset, and searching. Not modelled: data products, what
 * {@link DataZoneSearch} does not model.
 */
final class DataZoneListings {
  private static final int NAME = 64;
  private static final String PUBLISH = "PUBLISH";
  private static final String LATEST = "latestTimeSeriesDataPointForms";
  private static final String ASSET = "assetId";

  private final DataZoneContext context;
  private final DataZoneAssets assets;
  private final DataZonePoints points;
  private final Function<String, ObjectNode> term;
  private final Map<String, Listing> byAsset = new LinkedHashMap<>();
  private Progress progress = Progress.everyDescriptions(1);

  private record Listing(
      String id, int revision, ObjectNode asset, Lifecycle lifecycle, BigDecimal createdAt) {}

  /**
   * @param term the description of a glossary term by its id
   */
  DataZoneListings(
      DataZoneContext context,
      DataZoneAssets assets,
      DataZonePoints points,
      Function<String, ObjectNode> term) {
    this.context = context;
    this.assets = assets;
    this.points = points;
    this.term = term;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "CreateListingChangeSet",
        request -> context.tokens().once(request, () -> change(request)),
        "GetListing",
        this::get,
        "SearchListings",
        this::search);
  }

  void progress(Progress progress) {
    this.progress = progress;
  }

  /** Publishes the newest revision of an asset, at once. */
  String publish(String asset) {
    return put(assets.newest(asset), new Lifecycle(Progress.atOnce(), List.of("ACTIVE"))).id();
  }

  /** The asset of a listing. */
  String asset(String listing) {
    return find(listing).asset().path("id").asText();
  }

  /** What a subscription says of its listing. */
  ObjectNode subscribed(String id) {
    Listing listing = find(id);
    ObjectNode asset = listing.asset();
    ObjectNode item = RequestProtocol.JSON.createObjectNode();
    item.put("entityId", asset.path("id").asText())
        .put("entityRevision", asset.path("revision").asText())
        .put("entityType", asset.path("typeIdentifier").asText())
        .put("forms", forms(asset));
    ObjectNode described =
        RequestProtocol.JSON
            .createObjectNode()
            .put("id", id)
            .put("revision", Integer.toString(listing.revision()))
            .put("name", name(asset))
            .put("description", asset.path("description").asText(""))
            .put("ownerProjectId", asset.path("owningProjectId").asText());
    described.putObject("item").set("assetListing", item);
    return described;
  }

  /** Says in the description of an asset that it is listed. */
  void addListing(ObjectNode asset) {
    Listing listing = byAsset.get(asset.path("id").asText());
    if (listing != null) {
      listing.lifecycle().describe();
      asset
          .putObject("listing")
          .put("listingId", listing.id())
          .put("listingStatus", listing.lifecycle().status());
    }
  }

  private ObjectNode change(ModelledRequest request) {
    if (!request.text("entityType").equals("ASSET")) {
      throw DataZoneErrors.notModelled("listings of a " + request.text("entityType"));
    }
    ObjectNode asset =
        assets.revision(request.text("entityIdentifier"), request.text("entityRevision"));
    boolean publish = request.text("action").equals(PUBLISH);
    if (!publish && byAsset.get(asset.path("id").asText()) == null) {
      throw DataZoneErrors.notFound("Listing of asset", asset.path("id").asText());
    }
    Listing listing =
        put(
            asset,
            publish
                ? new Lifecycle(progress, List.of("CREATING", "ACTIVE"))
                : new Lifecycle(Progress.atOnce(), List.of("INACTIVE")));
    return RequestProtocol.JSON
        .createObjectNode()
        .put("listingId", listing.id())
        .put("listingRevision", Integer.toString(listing.revision()))
        .put("status", listing.lifecycle().status());
  }

  private Listing put(ObjectNode asset, Lifecycle lifecycle) {
    String id = asset.path("id").asText();
    Listing before = byAsset.get(id);
    Listing listing =
        new Listing(
            before == null ? context.ids().next() : before.id(),
            before == null ? 1 : before.revision() + 1,
            asset.deepCopy(),
            lifecycle,
            context.seconds());
    byAsset.put(id, listing);
    return listing;
  }

  private ObjectNode get(ModelledRequest request) {
    Listing listing = find(request.text("identifier"));
    String revision = request.text("listingRevision");
    if (!revision.isEmpty() && !revision.equals(Integer.toString(listing.revision()))) {
      throw DataZoneErrors.notModelled("an older revision of a listing");
    }
    listing.lifecycle().describe();
    ObjectNode asset = listing.asset();
    ObjectNode item = RequestProtocol.JSON.createObjectNode();
    item.put(ASSET, asset.path("id").asText())
        .put("assetRevision", asset.path("revision").asText())
        .put("assetType", asset.path("typeIdentifier").asText())
        .put("forms", forms(asset))
        .put("owningProjectId", asset.path("owningProjectId").asText())
        .set("createdAt", asset.path("createdAt"));
    item.set("glossaryTerms", terms(asset));
    points.addLatest(asset.path("id").asText(), LATEST, item);
    ObjectNode answer =
        context
            .document()
            .put("id", listing.id())
            .put("listingRevision", Integer.toString(listing.revision()))
            .put("name", name(asset))
            .put("status", listing.lifecycle().status())
            .put("createdBy", DataZoneContext.CALLER)
            .put("createdAt", listing.createdAt());
    if (asset.has("description")) {
      answer.set("description", asset.path("description"));
    }
    answer.putObject("item").set("assetListing", item);
    return answer;
  }

  private ObjectNode search(ModelledRequest request) {
    DataZoneSearch.refuseWhatIsNotModelled(request);
    byAsset.values().forEach(listing -> listing.lifecycle().describe());
    List<Listing> active =
        byAsset.values().stream()
            .filter(listing -> listing.lifecycle().status().equals("ACTIVE"))
            .filter(
                listing -> DataZoneFilter.matches(request.input().path("filters"), listing.asset()))
            .toList();
    List<Listing> found =
        DataZoneRanking.of(
            request.text("searchText"),
            active,
            listing -> listing.asset().path("name").asText(),
            listing -> listing.asset().toString());
    Set<String> wanted = new HashSet<>();
    request.input().path("additionalAttributes").forEach(each -> wanted.add(each.asText()));
    List<ObjectNode> items = found.stream().map(listing -> item(listing, wanted)).toList();
    return DataZonePages.of(request, items).put("totalMatchCount", items.size());
  }

  private ObjectNode item(Listing listing, Set<String> wanted) {
    ObjectNode asset = listing.asset();
    ObjectNode item =
        RequestProtocol.JSON
            .createObjectNode()
            .put("listingId", listing.id())
            .put("listingRevision", Integer.toString(listing.revision()))
            .put("name", asset.path("name").asText())
            .put("entityId", asset.path("id").asText())
            .put("entityRevision", asset.path("revision").asText())
            .put("entityType", asset.path("typeIdentifier").asText())
            .put("owningProjectId", asset.path("owningProjectId").asText());
    item.set("glossaryTerms", terms(asset));
    if (asset.has("description")) {
      item.set("description", asset.path("description"));
    }
    ObjectNode additional = RequestProtocol.JSON.createObjectNode();
    if (wanted.contains("FORMS")) {
      additional.put("forms", forms(asset));
    }
    if (wanted.contains("TIME_SERIES_DATA_POINT_FORMS")) {
      points.addLatest(asset.path("id").asText(), LATEST, additional);
    }
    if (!additional.isEmpty()) {
      item.set("additionalAttributes", additional);
    }
    return RequestProtocol.JSON.createObjectNode().set("assetListing", item);
  }

  private Listing find(String id) {
    return byAsset.values().stream()
        .filter(listing -> listing.id().equals(id))
        .findFirst()
        .orElseThrow(() -> DataZoneErrors.notFound("Listing", id));
  }

  private ArrayNode terms(ObjectNode asset) {
    ArrayNode terms = RequestProtocol.JSON.createArrayNode();
    for (JsonNode id : asset.path("glossaryTerms")) {
      ObjectNode described = term.apply(id.asText());
      terms.add(described.deepCopy().retain("name", "shortDescription"));
    }
    return terms;
  }

  /** One text: an object with the content of each form by the form's name. */
  private static String forms(ObjectNode asset) {
    ObjectNode forms = RequestProtocol.JSON.createObjectNode();
    for (JsonNode form : asset.path(DataZoneAssets.FORMS)) {
      try {
        forms.set(
            form.path("formName").asText(),
            RequestProtocol.JSON.readTree(form.path("content").asText()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return forms.toString();
  }

  private static String name(ObjectNode asset) {
    String name = asset.path("name").asText();
    return name.substring(0, Math.min(NAME, name.length()));
  }
}

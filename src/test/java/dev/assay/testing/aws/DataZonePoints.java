package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Time series data points.
 *
 * <p>Modelled: client tokens that are forgotten, one point and one id for each form of a request, a
 * request that is refused as a whole, the content of the data quality form, lists newest first with
 * both ends included, summaries, listings that show the points of their asset. Not modelled: form
 * types other than that of data quality, posts to listings, and that a listing shows at most 30
 * points of a rule.
 */
final class DataZonePoints {
  private final DataZoneContext context;
  private final DataZoneFormTypes formTypes;
  private final BinaryOperator<String> assetOf;
  private final List<DataZonePoint> points = new ArrayList<>();

  /**
   * @param assetOf the asset's id by the type and the id of an entity, or a not-found error
   */
  DataZonePoints(
      DataZoneContext context, DataZoneFormTypes formTypes, BinaryOperator<String> assetOf) {
    this.context = context;
    this.formTypes = formTypes;
    this.assetOf = assetOf;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "PostTimeSeriesDataPoints", request -> context.tokens().once(request, () -> post(request)),
        "ListTimeSeriesDataPoints", this::list,
        "GetTimeSeriesDataPoint", this::get,
        "DeleteTimeSeriesDataPoints", this::delete);
  }

  List<DataZonePoint> all() {
    synchronized (context) {
      return List.copyOf(points);
    }
  }

  /** Adds an asset's latest summary of each form to its description. */
  void addLatest(String asset, String member, ObjectNode description) {
    Map<String, DataZonePoint> latest = new LinkedHashMap<>();
    for (DataZonePoint point : points) {
      if (point.asset().equals(asset)) {
        latest.merge(
            point.formName(), point, (a, b) -> a.timestamp().compareTo(b.timestamp()) > 0 ? a : b);
      }
    }
    if (!latest.isEmpty()) {
      ArrayNode forms = description.putArray(member);
      latest.values().forEach(point -> forms.add(summary(point)));
    }
  }

  private ObjectNode post(ModelledRequest request) {
    if (!request.text("entityType").equals("ASSET")) {
      throw DataZoneErrors.notModelled("points that are posted to a listing");
    }
    String asset = entity(request);
    List<DataZonePoint> posted = new ArrayList<>();
    for (JsonNode form : request.input().path("forms")) {
      String type = form.path("typeIdentifier").asText();
      String revision = formTypes.revision(type, form.path("typeRevision").asText(""));
      if (!type.equals(DataQualityContent.TYPE)) {
        throw DataZoneErrors.notModelled("time series of the form type " + type);
      }
      String name = form.path("formName").asText();
      String content = form.path("content").asText("");
      // refuses what is not the form's
      DataQualityContent.summary(name, content);
      posted.add(
          new DataZonePoint(
              context.ids().next(),
              asset,
              name,
              type,
              revision,
              form.path("timestamp").decimalValue(),
              content,
              request.text("clientToken")));
    }
    points.addAll(posted);
    ObjectNode answer = answer(request);
    ArrayNode forms = answer.putArray("forms");
    posted.forEach(point -> forms.add(form(point)));
    return answer;
  }

  private ObjectNode list(ModelledRequest request) {
    List<DataZonePoint> series = new ArrayList<>(series(request));
    JsonNode from = request.input().path("startedAt");
    JsonNode to = request.input().path("endedAt");
    series.removeIf(
        point ->
            (from.isNumber() && point.timestamp().compareTo(from.decimalValue()) < 0)
                || (to.isNumber() && point.timestamp().compareTo(to.decimalValue()) > 0));
    series.sort(Comparator.comparing(DataZonePoint::timestamp, Comparator.reverseOrder()));
    return DataZonePages.of(request, series.stream().map(DataZonePoints::summary).toList());
  }

  private ObjectNode get(ModelledRequest request) {
    String id = request.text("identifier");
    DataZonePoint point =
        series(request).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> DataZoneErrors.notFound("Time series data point", id));
    ObjectNode answer = answer(request).put("formName", point.formName());
    answer.set("form", form(point));
    return answer;
  }

  private ObjectNode delete(ModelledRequest request) {
    points.removeAll(series(request));
    return RequestProtocol.JSON.createObjectNode();
  }

  private List<DataZonePoint> series(ModelledRequest request) {
    String asset = entity(request);
    String form = request.text("formName");
    return points.stream()
        .filter(point -> point.asset().equals(asset) && point.formName().equals(form))
        .toList();
  }

  private String entity(ModelledRequest request) {
    return assetOf.apply(request.text("entityType"), request.text("entityIdentifier"));
  }

  private ObjectNode answer(ModelledRequest request) {
    return context
        .document()
        .put("entityId", request.text("entityIdentifier"))
        .put("entityType", request.text("entityType"));
  }

  private static ObjectNode form(DataZonePoint point) {
    return described(point).put("content", point.content());
  }

  private static ObjectNode summary(DataZonePoint point) {
    return described(point)
        .put("contentSummary", DataQualityContent.summary(point.formName(), point.content()));
  }

  private static ObjectNode described(DataZonePoint point) {
    BigDecimal timestamp = point.timestamp();
    return RequestProtocol.JSON
        .createObjectNode()
        .put("formName", point.formName())
        .put("typeIdentifier", point.typeIdentifier())
        .put("typeRevision", point.typeRevision())
        .put("timestamp", timestamp)
        .put("id", point.id());
  }
}

package dev.assay.messages.iceberg;

import dev.assay.ledger.LedgerTable;
import dev.assay.messages.Reviews;
import dev.assay.model.Fingerprint;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;

/** Table {@code assay.reviews}. */
public final class IcebergReviews implements Reviews {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "content_hash", Types.StringType.get(), "of the normal text"),
          Types.NestedField.required(
              2, "text", Types.StringType.get(), "normal text, personal data masked"),
          Types.NestedField.required(
              3,
              "categories",
              Types.ListType.ofRequired(4, Types.StringType.get()),
              "none: compliant"),
          Types.NestedField.required(5, "reviewer", Types.StringType.get(), "who decided"),
          Types.NestedField.required(6, "at", Types.TimestampType.withZone(), "when"));

  private final LedgerTable table;

  public IcebergReviews(Catalog catalog) {
    this.table = LedgerTable.byMonth(catalog, "reviews", SCHEMA);
  }

  @Override
  public void keep(List<Review> reviews) {
    // one commit writes records of one month
    Map<String, List<Record>> months = new TreeMap<>();
    for (Review review : reviews) {
      months
          .computeIfAbsent(review.at().toString().substring(0, 7), month -> new ArrayList<>())
          .add(row(review));
    }
    months.values().forEach(table::append);
  }

  @Override
  public Map<String, Review> newest() {
    Map<String, Review> newest = new LinkedHashMap<>();
    table.scan(Expressions.alwaysTrue()).stream()
        .map(IcebergReviews::review)
        .sorted(Comparator.comparing(Review::at))
        .forEach(review -> newest.put(review.contentHash(), review));
    return newest;
  }

  @Override
  public String state() {
    List<String> decisions =
        newest().values().stream()
            .map(review -> review.contentHash() + " " + review.categories() + " " + review.at())
            .sorted()
            .toList();
    return decisions.isEmpty()
        ? ""
        : Fingerprint.of(String.join("\n", decisions)).hex().substring(0, 16);
  }

  private static Record row(Review review) {
    Map<String, Object> values = new HashMap<>();
    values.put("content_hash", review.contentHash());
    values.put("text", review.text());
    values.put("categories", List.copyOf(review.categories()));
    values.put("reviewer", review.reviewer());
    values.put("at", OffsetDateTime.ofInstant(review.at(), ZoneOffset.UTC));
    return GenericRecord.create(SCHEMA).copy(values);
  }

  private static Review review(Record row) {
    List<String> categories = new ArrayList<>();
    for (Object category : (List<?>) row.getField("categories")) {
      categories.add((String) category);
    }
    return new Review(
        (String) row.getField("content_hash"),
        (String) row.getField("text"),
        new TreeSet<>(categories),
        (String) row.getField("reviewer"),
        ((OffsetDateTime) row.getField("at")).toInstant());
  }
}

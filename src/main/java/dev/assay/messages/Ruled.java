package dev.assay.messages;

import dev.assay.model.message.Confidences;
import dev.assay.model.message.Decision;
import dev.assay.model.message.ReviewReason;
import dev.assay.model.message.Ruling;
import dev.assay.model.message.Thresholds;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Decides about one text, as a function that Spark can call. A review outweighs any classifier. */
final class Ruled implements Serializable {
  private static final long serialVersionUID = 1;

  static final StructType TYPE =
      new StructType()
          .add("decision", DataTypes.StringType, false)
          .add("restricted_by", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("reasons", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("reviewed_by", DataTypes.StringType, true);

  private final Thresholds thresholds;
  private final HashMap<String, Reviewed> reviews = new HashMap<>();

  Ruled(Thresholds thresholds, Map<String, Reviews.Review> newest) {
    this.thresholds = thresholds;
    newest.forEach(
        (hash, review) ->
            reviews.put(
                hash, new Reviewed(review.categories().toArray(String[]::new), review.reviewer())));
  }

  private record Reviewed(String[] categories, String reviewer) implements Serializable {}

  Row about(
      String hash,
      List<String> doubts,
      Map<String, Double> categories,
      @org.jspecify.annotations.Nullable String refused,
      boolean truncated) {
    Reviewed review = reviews.get(hash);
    if (review != null) {
      boolean compliant = review.categories().length == 0;
      Decision decision = compliant ? Decision.COMPLIANT : Decision.RESTRICTED;
      return RowFactory.create(
          decision.text(), review.categories(), new String[0], review.reviewer());
    }
    Set<ReviewReason> known = EnumSet.noneOf(ReviewReason.class);
    doubts.forEach(doubt -> known.add(ReviewReason.valueOf(doubt)));
    if (refused != null) {
      known.add(ReviewReason.valueOf(refused));
    }
    if (truncated) {
      known.add(ReviewReason.TRUNCATED);
    }
    Ruling ruling = Ruling.of(new Confidences(categories), thresholds, known);
    return RowFactory.create(
        ruling.decision().text(),
        ruling.restrictedBy().toArray(String[]::new),
        ruling.reasons().stream().map(ReviewReason::name).sorted().toArray(String[]::new),
        null);
  }
}

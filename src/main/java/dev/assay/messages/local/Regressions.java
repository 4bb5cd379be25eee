package dev.assay.messages.local;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark ML's logistic regression, as the trainer needs it. */
final class Regressions {
  private static final int MOST_STEPS = 40;

  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  private final SparkSession spark;
  private final double regularisation;

  Regressions(SparkSession spark, double regularisation) {
    this.spark = spark;
    this.regularisation = regularisation;
  }

  /** A fitted regression. */
  record Fit(Vector coefficients, double intercept) {
    double margin(Vector features) {
      return coefficients.dot(features) + intercept;
    }
  }

  /** A calibration: from a margin to a confidence. */
  record Line(double slope, double offset) {
    double at(double margin) {
      return 1 / (1 + Math.exp(-(slope * margin + offset)));
    }
  }

  /** Fits on all texts. */
  Fit fit(List<Vector> vectors, boolean[] labels) {
    return fit(vectors, labels, new int[labels.length], -1);
  }

  /** Fits on all texts but those of one fold. */
  Fit fit(List<Vector> vectors, boolean[] labels, int[] folds, int heldOut) {
    List<Row> rows = new ArrayList<>();
    for (int index = 0; index < labels.length; index++) {
      if (folds[index] != heldOut) {
        rows.add(RowFactory.create(labels[index] ? 1.0 : 0.0, vectors.get(index)));
      }
    }
    return fit(rows, regularisation);
  }

  /** Platt's: a regression on the margin alone. */
  Line calibrated(double[] margins, boolean[] labels) {
    List<Row> rows = new ArrayList<>();
    for (int index = 0; index < labels.length; index++) {
      rows.add(RowFactory.create(labels[index] ? 1.0 : 0.0, Vectors.dense(margins[index])));
    }
    Fit fit = fit(rows, 0);
    return new Line(fit.coefficients().apply(0), fit.intercept());
  }

  private Fit fit(List<Row> rows, double regularised) {
    Dataset<Row> texts = spark.createDataFrame(rows, SCHEMA).coalesce(1).persist();
    try {
      LogisticRegressionModel model =
          new LogisticRegression()
              .setFamily("binomial")
              .setRegParam(regularised)
              .setStandardization(false)
              .setMaxIter(MOST_STEPS)
              .setTol(1e-4)
              .fit(texts);
      return new Fit(model.coefficients(), model.intercept());
    } finally {
      texts.unpersist();
    }
  }
}

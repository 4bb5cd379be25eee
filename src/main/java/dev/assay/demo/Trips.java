package dev.assay.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Trips of a day, as Avro. */
record Trips(Fleet fleet, LocalDate date, int day, boolean withDefects)
    implements java.io.Serializable {
  private static final int PER_VEHICLE = 5;
  private static final StructType SCHEMA =
      new StructType()
          .add("trip_id", DataTypes.StringType)
          .add("vin", DataTypes.StringType)
          .add("started_at", DataTypes.TimestampType)
          .add("ended_at", DataTypes.TimestampType)
          .add("distance_km", DataTypes.DoubleType)
          .add("max_speed_kmh", DataTypes.IntegerType);

  void write(SparkSession spark, Path folder) {
    if (Files.exists(folder.resolve("_SUCCESS"))) {
      return;
    }
    long regular = (long) fleet.size() * PER_VEHICLE;
    // on the third day: four trips sent twice, three with a negative distance, two of unknown cars
    long rows = regular + (withDefects ? 9 : 0);
    Dataset<Row> trips =
        spark
            .range(0, rows, 1, 2)
            .map((MapFunction<Long, Row>) position -> row(position, regular), Encoders.row(SCHEMA));
    trips.write().format("avro").mode("overwrite").save(folder.toUri().toString());
  }

  private Row row(long position, long regular) {
    if (position < regular) {
      return trip(position, fleet.vin((int) (position / PER_VEHICLE)), 1);
    }
    int defect = (int) (position - regular);
    if (defect < 4) {
      return trip(defect * 3L, fleet.vin(defect * 3 / PER_VEHICLE), 1);
    }
    if (defect < 7) {
      return trip(position, fleet.vin(defect), -1);
    }
    return trip(position, fleet.vin(fleet.size() + defect), 1);
  }

  private Row trip(long position, String vin, int sign) {
    SplittableRandom random = fleet.random("trip" + date, position);
    long start = date.atTime(5, 0).toEpochSecond(ZoneOffset.UTC) + random.nextInt(15 * 3600);
    int minutes = 5 + random.nextInt(90);
    double distance = Math.round(minutes * (0.4 + random.nextDouble()) * 10) / 10.0;
    return RowFactory.create(
        "%s-%07d".formatted(date, position),
        vin,
        new Timestamp(start * 1000),
        new Timestamp((start + minutes * 60L) * 1000),
        sign * distance,
        40 + random.nextInt(120));
  }
}

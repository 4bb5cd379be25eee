package dev.assay.demo;

import dev.assay.lake.iceberg.LakeCatalog;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The raw layer of the demo company. Every value is a function of seed, date and position, so that
 * writing a date again gives the same bytes, and files that are there already stay untouched.
 *
 * <p>The defects of the third date are those of real fleets; {@code docs/demo.md} lists them.
 */
public final class DemoData {
  /** The three data dates. */
  public static final List<LocalDate> DATES =
      List.of(LocalDate.of(2026, 11, 16), LocalDate.of(2026, 11, 17), LocalDate.of(2026, 11, 18));

  private final Fleet fleet;
  private final Path folder;
  private final SparkSession spark;
  private final LakeCatalog catalog;

  /**
   * @param folder where the files go
   * @param scale how many times 200 vehicles
   */
  public DemoData(SparkSession spark, LakeCatalog catalog, Path folder, long seed, int scale) {
    this.spark = spark;
    this.catalog = catalog;
    this.folder = folder;
    this.fleet = new Fleet(seed, 200 * scale);
  }

  /** Writes what arrives on a date. Writing it again changes nothing. */
  public void write(LocalDate date) {
    boolean last = date.equals(DATES.get(DATES.size() - 1));
    int day = DATES.indexOf(date);
    StableFile.write(
        folder.resolve("vehicles/" + date + ".csv"), new VehicleExport(fleet, last).lines());
    StableFile.write(
        folder.resolve("odometer/" + date + ".jsonl"),
        new OdometerReadings(fleet, date, day, last).lines());
    StableFile.write(
        folder.resolve("messages/" + date + ".jsonl"),
        new MarketingMessages(fleet, date, last).lines());
    new Trips(fleet, date, day, last).write(spark, folder.resolve("trips/" + date));
    new DealerVisits(fleet, date, day, last).append(spark, catalog);
  }
}

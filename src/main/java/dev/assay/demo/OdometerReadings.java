package dev.assay.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One odometer reading per vehicle and day, as JSON lines. */
record OdometerReadings(Fleet fleet, LocalDate date, int day, boolean withDefects) {
  Stream<String> lines() {
    return Stream.concat(IntStream.range(0, fleet.size()).mapToObj(this::row), defects().stream());
  }

  private String row(int vehicle) {
    // vehicle 11's clock was turned back before the third day
    int turnedBack = withDefects && vehicle == 11 ? 900 : 0;
    return line(
        "\"%s\"".formatted(fleet.vin(vehicle)), kilometres(vehicle) - turnedBack + ".0", vehicle);
  }

  private int kilometres(int vehicle) {
    return fleet.startKilometres(vehicle)
        + IntStream.rangeClosed(0, day).map(past -> fleet.drivenOn(vehicle, past)).sum();
  }

  private String line(String vin, String kilometres, int vehicle) {
    return "{\"vin\":%s,\"read_at\":\"%sT%02d:%02d:00Z\",\"odometer_km\":%s,\"source\":\"%s\"}"
        .formatted(
            vin,
            date,
            20 + vehicle % 4,
            vehicle % 60,
            kilometres,
            vehicle % 3 == 0 ? "app" : "car");
  }

  /** Two lines cut off in transfer, a reading with a unit, one without a vehicle. */
  private List<String> defects() {
    List<String> lines = new ArrayList<>();
    if (withDefects) {
      lines.add(row(3).substring(0, 40));
      lines.add(row(4).substring(0, 55));
      lines.add(line("\"%s\"".formatted(fleet.vin(5)), "\"12345 km\"", 5));
      lines.add(line("null", "8000.0", 6));
    }
    return lines;
  }
}

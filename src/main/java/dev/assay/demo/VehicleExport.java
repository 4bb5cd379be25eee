package dev.assay.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The daily export of the vehicle master: CSV with semicolons, German dates and numbers. */
record VehicleExport(Fleet fleet, boolean withDefects) {
  Stream<String> lines() {
    Stream<String> header =
        Stream.of("vin;plate;model;fuel;first_registered;fleet;list_price;owner_name;owner_email");
    Stream<String> rows = IntStream.range(0, fleet.size()).mapToObj(this::row);
    return Stream.concat(header, Stream.concat(rows, defects().stream()));
  }

  private String row(int vehicle) {
    return String.join(
        ";",
        fleet.vin(vehicle),
        fleet.plate(vehicle),
        fleet.model(vehicle),
        fleet.fuel(vehicle),
        "%02d.%02d.%d".formatted(1 + vehicle % 28, 1 + vehicle % 12, 2018 + vehicle % 8),
        fleet.fleet(vehicle),
        price(vehicle),
        fleet.owner(vehicle),
        fleet.email(vehicle));
  }

  private static String price(int vehicle) {
    return "%d.%03d,%02d".formatted(24 + vehicle % 50, vehicle % 1000, vehicle % 100);
  }

  /** One row twice, a day that does not exist, a name with the delimiter in it, a VIN cut short. */
  private List<String> defects() {
    List<String> rows = new ArrayList<>();
    if (withDefects) {
      rows.add(row(7));
      rows.add(row(fleet.size()).replaceAll(";\\d\\d\\.\\d\\d\\.(\\d{4});", ";31.02.$1;"));
      rows.add(row(fleet.size() + 1).replace(fleet.owner(fleet.size() + 1), "Holm; Gro"));
      rows.add(row(fleet.size() + 2).substring(6));
    }
    return rows;
  }
}

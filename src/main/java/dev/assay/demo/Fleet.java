package dev.assay.demo;

import java.io.Serializable;
import java.util.SplittableRandom;

/** The company's vehicles and their owners; all made up. */
record Fleet(long seed, int size) implements Serializable {
  private static final String VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
  private static final String[] MODELS = {"Aurora", "Borealis", "Cirrus", "Delta", "Eos"};
  private static final String[] FUELS = {"electric", "petrol", "diesel", "hybrid"};
  private static final String[] FLEETS = {"north", "south", "east", "west"};
  private static final String[] FIRST = {"Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gro", "Hal"};
  private static final String[] LAST = {"Berg", "Costa", "Dahl", "Ek", "Ferrer", "Gruber", "Holm"};

  /** Numbers for one thing: the same seed, kind and position give the same numbers. */
  SplittableRandom random(String kind, long position) {
    return new SplittableRandom(
        seed * 1_000_003L + kind.hashCode() * 31L * 7_919L + position * 104_729L);
  }

  String vin(int vehicle) {
    SplittableRandom random = random("vin", vehicle);
    StringBuilder vin = new StringBuilder("W");
    while (vin.length() < 12) {
      vin.append(VIN_LETTERS.charAt(random.nextInt(VIN_LETTERS.length())));
    }
    return vin.append("%05d".formatted(vehicle % 100_000)).toString();
  }

  String plate(int vehicle) {
    return "B-AS %d".formatted(1000 + vehicle);
  }

  String model(int vehicle) {
    return MODELS[vehicle % MODELS.length];
  }

  String fuel(int vehicle) {
    return pick(FUELS, "fuel", vehicle);
  }

  String fleet(int vehicle) {
    return FLEETS[vehicle % FLEETS.length];
  }

  String owner(int vehicle) {
    return pick(FIRST, "first", vehicle) + " " + pick(LAST, "last", vehicle);
  }

  String email(int vehicle) {
    return owner(vehicle).toLowerCase(java.util.Locale.ROOT).replace(' ', '.')
        + vehicle
        + "@example.com";
  }

  String phone(int vehicle) {
    return "+49151%07d".formatted(random("phone", vehicle).nextInt(10_000_000));
  }

  /** Kilometres on the clock before the first data date. */
  int startKilometres(int vehicle) {
    return 1_000 + random("start", vehicle).nextInt(120_000);
  }

  /** Kilometres driven on a day, the first day is 0. */
  int drivenOn(int vehicle, int day) {
    return 5 + random("driven" + day, vehicle).nextInt(180);
  }

  private String pick(String[] values, String kind, int vehicle) {
    return values[random(kind, vehicle).nextInt(values.length)];
  }
}

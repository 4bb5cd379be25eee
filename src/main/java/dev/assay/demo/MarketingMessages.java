package dev.assay.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages to owners, as JSON lines. */
record MarketingMessages(Fleet fleet, LocalDate date, boolean withDefects) {
  private static final String[] CAMPAIGNS = {"winter_tyres", "software_update", "service_due"};
  private static final String[] TEXTS = {
    "Winter is coming: book your tyre change at your dealer this week.",
    "Version 7.2 is ready for your car. It installs overnight, while you sleep.",
    "Your next service is due in 1,000 km. Reply YES and we will call you back.",
  };

  /** What a partner slipped into the campaigns of the last day: not all of it may be sent. */
  private static final String[] PARTNER = {
    "Long winter evenings? 50 free spins at Lucky Fjord Casino for every owner who signs up tonight.",
    "Two bottles of mountain red wine for the price of one at our partner's cellar, this week only.",
    "Gewinnen Sie ein Wochenende in den Bergen: antworten Sie einfach mit JA, wir melden uns bei Ihnen.",
    "\uD83C\uDF81\uD83C\uDF81\uD83C\uDF81",
    "Old loans in the way? We talk to your creditors and cut what you owe in half. Free consultation.",
  };

  private static final int EVERY = 60;
  private static final int FIRST = 5;

  Stream<String> lines() {
    return Stream.concat(
        IntStream.range(0, fleet.size() * 3 / 2).mapToObj(this::row), defects().stream());
  }

  private String row(int number) {
    int vehicle = number % fleet.size();
    int campaign = fleet.random("campaign" + date, number).nextInt(CAMPAIGNS.length);
    boolean text = number % 2 == 0;
    return "{\"message_id\":\"%s-%06d\",\"campaign\":\"%s\",\"channel\":\"%s\",\"recipient\":\"%s\",\"sent_at\":\"%sT%02d:%02d:00Z\",\"text\":\"%s\"}"
        .formatted(
            date,
            number,
            CAMPAIGNS[campaign],
            text ? "sms" : "email",
            text ? fleet.phone(vehicle) : fleet.email(vehicle),
            date,
            8 + number % 10,
            number % 60,
            withDefects && number % EVERY == FIRST
                ? PARTNER[number / EVERY % PARTNER.length]
                : TEXTS[campaign]);
  }

  /** A line that is a list, a channel nobody knows, and a message that was logged twice. */
  private List<String> defects() {
    List<String> lines = new ArrayList<>();
    if (withDefects) {
      lines.add("[\"winter_tyres\",\"sms\"]");
      lines.add(row(1_000_001).replace("\"email\"", "\"fax\""));
      lines.add(row(8));
    }
    return lines;
  }
}

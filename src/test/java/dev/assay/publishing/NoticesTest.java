package dev.assay.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People are told what changed, once. */
class NoticesTest {
  private final List<RunRecord> runs = new ArrayList<>();
  private final SomeRuns.Known history = new SomeRuns.Known(runs);

  @Test
  void aHoldIsToldOnceUntilItsReasonsChange() {
    add("1", RunState.HELD, "90");
    add("2", RunState.HELD, "90");
    add("3", RunState.PUBLISHED, "90");
    add("4", RunState.HELD, "90");
    runs.add(
        SomeRuns.run(SomeRuns.TRIPS, "5", RunState.STAGED, 5, "80")
            .held(SomeRuns.START.plusSeconds(301), List.of("Another reason.")));

    assertThat(told()).containsExactly("held 1", "held 4", "held 5");
  }

  @Test
  void aScoreThatFallsByMoreThanAllowedIsTold() {
    add("1", RunState.PUBLISHED, "99");
    add("2", RunState.PUBLISHED, "94");
    add("3", RunState.PUBLISHED, "88.9");
    add("4", RunState.PUBLISHED, "88.9");

    assertThat(told()).containsExactly("notice 3");
    JsonNode detail = detail("3");
    assertThat(detail.path("events").toString()).isEqualTo("[\"score_dropped\"]");
    assertThat(detail.path("messages").get(0).asText()).isEqualTo("The score fell from 94 to 88.9");
    assertThat(detail.path("passingPercentage").decimalValue()).isEqualByComparingTo("88.9");
    assertThat(detail.path("score").decimalValue()).isEqualByComparingTo("0.889");
  }

  @Test
  void restrictedMessagesAreToldWhenTheirNumberChanges() {
    for (String id : List.of("1", "2", "3")) {
      add(id, RunState.PUBLISHED, "99");
    }
    history.restricted.put("1", 3L);
    history.restricted.put("2", 3L);
    history.restricted.put("3", 4L);

    assertThat(told()).containsExactly("notice 1", "notice 3");
    assertThat(detail("3").path("messages").get(0).asText()).isEqualTo("4 messages are restricted");
  }

  @Test
  void aBrokenContractIsToldByNameAndTermUntilItChanges() {
    for (String id : List.of("1", "2", "3")) {
      add(id, RunState.PUBLISHED, "99");
    }
    String term = "register: score at least 99.5; found 99";
    history.brokenContracts.put("1", List.of(term, "register: coverage at least 90; found 75"));
    history.brokenContracts.put("2", List.of(term));
    history.brokenContracts.put("3", List.of(term));

    assertThat(told()).containsExactly("notice 1", "notice 2");
    JsonNode detail = detail("1");
    assertThat(detail.path("events").toString()).isEqualTo("[\"contract_broken\"]");
    assertThat(detail.path("contracts").toString()).isEqualTo("[\"register\"]");
    assertThat(detail.path("messages").get(0).asText()).isEqualTo("Breaks the contract " + term);
  }

  @Test
  void consumersAreToldNothingOfWhatTheGateHolds() {
    add("1", RunState.HELD, "90");
    history.brokenContracts.put("1", List.of("register: score at least 99.5; found 90"));

    assertThat(detail("1").has("contracts")).isFalse();
    assertThat(detail("1").path("events").toString()).isEqualTo("[\"held\"]");
  }

  @Test
  void whatADestinationRefusesIsToldOnceUntilSomethingArrivesThere() {
    add("1", RunState.PUBLISHED, "99");
    add("2", RunState.PUBLISHED, "99");
    parked("a", "1", 1, "no asset");
    parked("b", "2", 2, "no asset");
    parked("c", "2", 3, "another reason");
    history.deliveries.add(delivery("d", "2", 4, Delivery.State.DELIVERED, ""));
    parked("e", "2", 5, "another reason");
    history.deliveries.add(
        SomeRuns.delivery(
            "sns",
            "f",
            Announcement.Kind.PARKED,
            "2",
            SomeRuns.START.plusSeconds(6),
            Delivery.State.PARKED,
            "no such topic"));

    assertThat(told()).containsExactly("parked 1", "parked 2", "parked 2");
    Announcement first =
        SomeRuns.announcements(history).byTable().get(SomeRuns.TRIPS).stream()
            .filter(one -> one.kind() == Announcement.Kind.PARKED)
            .findFirst()
            .orElseThrow();
    assertThat(first.at()).isEqualTo(SomeRuns.START.plusSeconds(1));
    assertThat(SomeRuns.announcements(history).body(first))
        .contains(
            "delivery_parked",
            "datazone refuses the score of this run: no asset",
            "assay publish --retry aaaaaaaa");
  }

  private void parked(String key, String run, int second, String why) {
    history.deliveries.add(delivery(key, run, second, Delivery.State.PARKED, why));
  }

  private static Delivery delivery(
      String key, String run, int second, Delivery.State state, String why) {
    return SomeRuns.delivery(
        "datazone",
        key.repeat(64),
        Announcement.Kind.SCORE,
        run,
        SomeRuns.START.plusSeconds(second),
        state,
        why);
  }

  @Test
  void aHoldNamesTheCommandsThatEndIt() {
    add("0190c6f0-7b1e-7c3a-9d55-5d0d6d2c1a11", RunState.HELD, "90");

    JsonNode detail = detail("0190c6f0-7b1e-7c3a-9d55-5d0d6d2c1a11");

    assertThat(detail.path("state").asText()).isEqualTo("FAILED");
    assertThat(detail.path("commands").toString())
        .contains("assay approve 0190c6f0 --reason", "assay discard 0190c6f0 --reason");
    assertThat(detail.path("numRulesSucceeded").asInt()).isEqualTo(2);
    assertThat(detail.path("context").path("tableName").asText()).isEqualTo("trips");
  }

  private void add(String id, RunState state, String score) {
    runs.add(SomeRuns.run(SomeRuns.TRIPS, id, state, runs.size(), score));
  }

  private List<String> told() {
    return SomeRuns.announcements(history).byTable().get(SomeRuns.TRIPS).stream()
        .filter(one -> one.kind().notice())
        .map(one -> one.kind().text() + " " + one.run().runId())
        .toList();
  }

  private JsonNode detail(String id) {
    RunRecord run = runs.stream().filter(one -> one.runId().equals(id)).findFirst().orElseThrow();
    try {
      return new ObjectMapper().readTree(SomeRuns.notice(history, run)).path("detail");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

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

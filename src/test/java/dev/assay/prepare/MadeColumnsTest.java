package dev.assay.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.job.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a source column, so that nothing of it is shown where it should not be. */
class MadeColumnsTest {
  @Test
  void renamesAndDerivedColumnsAreFollowed() {
    MadeColumns made =
        MadeColumns.of(
            List.of("KM", "mail"),
            List.of(
                renaming(Map.of("km", "distance")),
                derive("far", "CAST(distance AS INT) > 100"),
                derive("distance", "coalesce(distance, mail)")));

    assertThat(made.of("KM")).containsExactlyInAnyOrder("KM", "distance", "far");
    assertThat(made.of("mail")).containsExactlyInAnyOrder("mail", "distance");
  }

  @Test
  void aMappingMayNameColumnsThatAreNotThere() {
    Map<String, String> shared = new LinkedHashMap<>();
    shared.put("kunde", "customer");
    shared.put("client", "customer");

    MadeColumns made =
        MadeColumns.of(List.of("kunde"), List.of(renaming(shared), derive("c2", "customer")));

    assertThat(made.of("kunde")).containsExactlyInAnyOrder("kunde", "customer", "c2");
  }

  @Test
  void aStarHoldsEverything() {
    MadeColumns made = MadeColumns.of(List.of("a", "b"), List.of(derive("all", "struct(*)")));

    assertThat(made.of("b")).containsExactlyInAnyOrder("b", "all");
  }

  private static Step renaming(Map<String, String> names) {
    return new Step.Rename(names);
  }

  private static Step derive(String column, String sql) {
    return new Step.Derive(Map.of(column, sql));
  }
}

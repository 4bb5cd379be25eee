package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
  @ParameterizedTest
  @CsvSource({
    "prepared.trips, prepared, trips",
    "semantic.fleet_usage_2, semantic, fleet_usage_2",
    "r.t, r, t"
  })
  void readsLayerAndName(String text, String layer, String name) {
    assertThat(TableName.parse(text)).isEqualTo(new TableName(layer, name)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prepared.",
        ".trips",
        "Prepared.trips",
        "prepared.Trips",
        "prepared.2trips",
        "prepared._t",
        "a.b.c",
        "prepared.trips-2",
        "prepared.trips ",
        "prepared.größe",
        "."
      })
  void refusesWhatNoCatalogWouldTake(String text) {
    assertThatThrownBy(() -> TableName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a table name: expected layer.name in lower-case letters, digits and underscores"
                .formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"trips", "", "prepared trips"})
  void refusesANameWithoutLayer(String text) {
    assertThatThrownBy(() -> TableName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a table name: expected layer.name, for example prepared.trips"
                .formatted(text));
  }

  @Test
  void sortsByLayerAndName() {
    assertThat(Stream.of("semantic.a", "prepared.b", "prepared.a").map(TableName::parse).sorted())
        .extracting(TableName::toString)
        .containsExactly("prepared.a", "prepared.b", "semantic.a");
  }
}

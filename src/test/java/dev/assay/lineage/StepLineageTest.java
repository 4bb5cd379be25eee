package dev.assay.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RowRule;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Protection;
import dev.assay.model.job.Step;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the steps of a prepare job do to its columns. */
class StepLineageTest {
  private static final List<String> READ = List.of("vin", "Plate No", "km", "owner");

  @Test
  void aColumnThatNothingTouchesIsItself() {
    assertThat(sources("vin")).containsExactly("IDENTITY raw.vin");
  }

  @Test
  void aDeclaredTypeIsATransformation() {
    ColumnLineage lineage =
        StepLineage.of(
            "raw", READ, List.of(column("vin", "string"), column("km", "decimal(9,1)")), List.of());

    assertThat(texts(lineage.columns().get("vin"))).containsExactly("IDENTITY raw.vin");
    assertThat(texts(lineage.columns().get("km"))).containsExactly("TRANSFORMATION raw.km");
  }

  @Test
  void aNewNameKeepsWhereTheValueComesFrom() {
    assertThat(sources("plate", new Step.Rename(Map.of("Plate No", "plate"))))
        .containsExactly("IDENTITY raw.Plate No");
  }

  @Test
  void spellingsAndTypesAreTransformations() {
    assertThat(sources("vin", new Step.Trim(List.of("vin"))))
        .containsExactly("TRANSFORMATION raw.vin");
    assertThat(sources("km", new Step.Cast(List.of(column("km", "int")))))
        .containsExactly("TRANSFORMATION raw.km");
    assertThat(sources("vin", new Step.Normalise(Map.of("vin", Step.Normalise.Form.UPPER))))
        .containsExactly("TRANSFORMATION raw.vin");
  }

  @Test
  void aDerivedColumnComesFromAllThatItsExpressionReads() {
    assertThat(
            sources(
                "label",
                new Step.Rename(Map.of("Plate No", "plate")),
                new Step.Derive(
                    Map.of("label", "CASE WHEN km > 5 THEN concat(VIN, plate) ELSE 'none' END"))))
        .containsExactlyInAnyOrder(
            "TRANSFORMATION raw.vin", "TRANSFORMATION raw.Plate No", "CONDITIONAL raw.km");
  }

  @Test
  void protectedColumnsAreMaskedAndSoIsWhatIsMadeOfThem() {
    Step protect = new Step.Protect(Map.of("owner", Protection.TOKENISE, "vin", Protection.DROP));

    assertThat(sources("owner", protect)).containsExactly("TRANSFORMATION raw.owner masked");
    assertThat(lineage(protect).columns()).doesNotContainKey("vin");
    assertThat(sources("short", protect, new Step.Derive(Map.of("short", "left(owner, 4)"))))
        .containsExactly("TRANSFORMATION raw.owner masked");
  }

  @Test
  void whatDecidesAboutRowsIsToldApart() {
    ColumnLineage lineage =
        lineage(
            new Step.Filter("km > 0"),
            new Step.RowRules(List.of(new RowRule("plate", "length(`Plate No`) > 2"))),
            new Step.Deduplicate(List.of("vin"), List.of("owner DESC")));

    assertThat(texts(lineage.rows()))
        .containsExactlyInAnyOrder(
            "FILTER raw.km", "FILTER raw.Plate No", "GROUP_BY raw.vin", "SORT raw.owner");
    assertThat(lineage.columns().keySet()).containsExactlyElementsOf(READ);
  }

  private static List<String> sources(String column, Step... steps) {
    return texts(lineage(steps).columns().get(column));
  }

  private static ColumnLineage lineage(Step... steps) {
    return StepLineage.of("raw", READ, List.of(), List.of(steps));
  }

  private static ColumnSpec column(String name, String type) {
    return new ColumnSpec(name, type, Optional.empty(), true);
  }

  static List<String> texts(Set<ColumnSource> sources) {
    return sources.stream()
        .map(
            source ->
                "%s %s.%s%s"
                    .formatted(
                        source.relation(),
                        source.input(),
                        source.field(),
                        source.masked() ? " masked" : ""))
        .toList();
  }
}

package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.plan.Measure.Lasting;
import dev.assay.rules.plan.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class FactQueryTest {
  private final FactQuery query =
      new FactQuery(new TableShape(Map.of("x", "double", "s", "string")), Middles.NONE);

  @Test
  void textAndColumnOfTheSameNameAreNotTheSame() {
    assertThat(query.aggregates(matches("s = 'x'")).keySet())
        .doesNotContainAnyElementsOf(query.aggregates(matches("s = x")).keySet());
  }

  @Test
  void equalFactsShareAggregates() {
    assertThat(query.aggregates(matches("s = 'x'")).keySet())
        .isEqualTo(query.aggregates(matches("s = 'x'")).keySet());
  }

  @Test
  void aColumnCorrelatesWithItself() {
    Fact.Comoments fact = new Fact.Comoments("x", "x", Optional.empty());
    Map<String, Integer> positions = new HashMap<>();
    query.aggregates(fact).keySet().forEach(name -> positions.put(name, positions.size()));

    assertThat(positions).hasSize(3);
    assertThat(query.value(fact, RowFactory.create(2L, 4.0, 10.0), positions, SliceId.of("any")))
        .containsExactly(
            2,
            0,
            0,
            Double.doubleToRawLongBits(4),
            Double.doubleToRawLongBits(4),
            Double.doubleToRawLongBits(10),
            Double.doubleToRawLongBits(10),
            Double.doubleToRawLongBits(10));
  }

  @Test
  void sqlIsReadOnceHoweverManySlicesThereAre() {
    AtomicInteger read = new AtomicInteger();
    FactQuery counting =
        new FactQuery(
            new TableShape(Map.of("x", "double")),
            Middles.NONE,
            sql -> {
              read.incrementAndGet();
              return sql;
            });
    Map<String, Integer> positions = new HashMap<>();
    counting.aggregates(matches("x > 1")).keySet().forEach(name -> positions.put(name, 0));

    for (int slice = 0; slice < 100; slice++) {
      counting.value(
          matches("x > 1"), RowFactory.create(5L), positions, SliceId.of(Integer.toString(slice)));
    }

    assertThat(read).hasValueLessThanOrEqualTo(2);
  }

  private static Fact matches(String predicate) {
    return new Fact.Matches(predicate, List.of(), Optional.empty(), Lasting.YES);
  }
}

package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.ExitKind;
import dev.assay.rules.plan.TableShape;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SlicedTableTest {
  @Test
  void storageThatGivesNoAnswerEndsTheScoringAndLeavesNoRuleUnanswered() {
    Exception silent = new IOException("open", new SocketTimeoutException("Read timed out"));

    assertThat(new Unread().refusal(silent).orElseThrow().kind())
        .isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
    assertThat(new Unread().refusal(new IOException("something else"))).isEmpty();
  }

  /** A table that nobody reads. */
  private static final class Unread implements SlicedTable {
    @Override
    public TableShape shape() {
      return new TableShape(Map.of());
    }

    @Override
    public List<Slice> slices() {
      return List.of();
    }

    @Override
    public Optional<String> storeKey() {
      return Optional.empty();
    }

    @Override
    public String identityOf(String column) {
      return column;
    }

    @Override
    public Dataset<Row> rows() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Opened open(List<Slice> slices) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.assay.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.TestProject;
import dev.assay.model.message.ReviewReason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CascadeTest {
  private static final Cascade.Band BAND = new Cascade.Band(0.2, 0.8);

  @TempDir Path folder;
  private SparkSession spark;

  @BeforeEach
  void start() {
    spark = new TestProject(folder).spark();
  }

  @Test
  void asksTheSecondOnlyWhatTheFirstIsUnsureOf() {
    Fake cheap =
        new Fake(
            "cheap",
            Map.of("sure", 0.9, "fine", 0.05, "edge", 0.2, "torn", 0.5),
            Set.of("strange"));
    Fake dear = new Fake("dear", Map.of("edge", 0.99, "torn", 0.01, "strange", 0.7), Set.of());
    Cascade cascade = new Cascade(cheap, dear, BAND);

    Dataset<Row> answers = cascade.classify(questions("sure", "fine", "edge", "torn", "strange"));

    Map<String, String> by = new TreeMap<>();
    answers
        .collectAsList()
        .forEach(
            row ->
                by.put(
                    row.getAs("content_hash"),
                    row.getString(5) + new TreeMap<>(row.getJavaMap(1))));
    assertThat(by)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "sure", "cheap{SPAM=0.9}",
                "fine", "cheap{SPAM=0.05}",
                "edge", "dear{SPAM=0.99}",
                "torn", "dear{SPAM=0.01}",
                "strange", "dear{SPAM=0.7}"));
    assertThat(dear.asked).containsExactlyInAnyOrder("edge", "torn", "strange");
    Saving saving = cascade.saving().orElseThrow();
    assertThat(saving).isEqualTo(new Saving(5, 3, dear.estimate(5, 48)));
    assertThat(saving.settled()).isEqualTo(2);
    assertThat(saving.share()).isEqualTo(0.4, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(cascade.spent().cost()).isEqualByComparingTo("3");
    assertThat(cascade.estimate(5, 20).cost()).isEqualByComparingTo("5");
    cascade.settled();
    assertThat(cheap.settled + dear.settled).isEqualTo(2);
  }

  @Test
  void isAnotherModelWithAnotherBand() {
    Fake cheap = new Fake("cheap", Map.of(), Set.of());
    Fake dear = new Fake("dear", Map.of(), Set.of());

    assertThat(new Cascade(cheap, dear, BAND).model().name()).isEqualTo("cheap+dear");
    assertThat(new Cascade(cheap, dear, BAND).model())
        .isEqualTo(new Cascade(cheap, dear, new Cascade.Band(0.2, 0.8)).model())
        .isNotEqualTo(new Cascade(cheap, dear, new Cascade.Band(0.2, 0.7)).model())
        .isNotEqualTo(new Cascade(dear, cheap, BAND).model());
    assertThatThrownBy(() -> new Cascade.Band(0.5, 0.4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the band from 0.5 to 0.4; expected 0 ≤ low ≤ high ≤ 1");
  }

  private Dataset<Row> questions(String... hashes) {
    List<Row> rows = new ArrayList<>();
    for (String hash : hashes) {
      rows.add(RowFactory.create(hash, "text " + hash));
    }
    return spark.createDataFrame(rows, Classifier.QUESTIONS);
  }

  /** Answers from a table, at a price of 1 a question. */
  private final class Fake implements Classifier {
    private final String name;
    private final Map<String, Double> scores;
    private final Set<String> unknown;
    private final List<String> asked = new ArrayList<>();
    private int settled;

    Fake(String name, Map<String, Double> scores, Set<String> unknown) {
      this.name = name;
      this.scores = scores;
      this.unknown = unknown;
    }

    @Override
    public ModelVersion model() {
      return new ModelVersion(name, "1");
    }

    @Override
    public Set<String> categories() {
      return Set.of("SPAM");
    }

    @Override
    public Bill estimate(long documents, long characters) {
      return name.equals("dear") ? bill(documents) : Bill.free(documents, characters);
    }

    @Override
    public Bill spent() {
      return name.equals("dear") ? bill(asked.size()) : Bill.free(0, 0);
    }

    @Override
    public Dataset<Row> classify(Dataset<Row> questions) {
      List<Row> answers = new ArrayList<>();
      for (Row question : questions.collectAsList()) {
        String hash = question.getString(0);
        asked.add(hash);
        answers.add(
            RowFactory.create(
                hash,
                unknown.contains(hash) ? Map.of() : Map.of("SPAM", scores.get(hash)),
                new String[0],
                false,
                unknown.contains(hash) ? ReviewReason.UNKNOWN_WORDS.name() : null,
                name));
      }
      return spark.createDataFrame(converted(answers), ANSWERS);
    }

    @Override
    public void settled() {
      settled++;
    }

    private Bill bill(long documents) {
      return new Bill(documents, 0, 0, BigDecimal.valueOf(documents), "USD", Duration.ZERO);
    }

    private List<Row> converted(List<Row> rows) {
      return rows.stream()
          .map(
              row ->
                  RowFactory.create(
                      row.get(0),
                      scala.collection.JavaConverters.mapAsScalaMap((Map<?, ?>) row.get(1)),
                      row.get(2),
                      row.get(3),
                      row.get(4),
                      row.get(5)))
          .toList();
    }
  }
}

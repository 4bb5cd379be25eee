package dev.assay.messages.comprehend;

import dev.assay.messages.ModelVersion;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.ComprehendPrices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Divides questions into batches, and writes those. The same questions are always the same batches
 * with the same names, whoever divides them.
 */
final class Batches {
  private static final String PREFIX = "assay-";

  /** Digits of a name; with prefix and attempt it must fit into a request token. */
  private static final int DIGITS = 48;

  private final BatchFolder folder;
  private final ModelVersion model;
  private final Limits limits;

  /**
   * A batch that was written.
   *
   * @param name fingerprint of the model and of the texts in it
   */
  record Written(String name, Tally tally) {}

  private record Sum(long lines, long bytes) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    Sum plus(Sum other) {
      return new Sum(lines + other.lines, bytes + other.bytes);
    }
  }

  Batches(BatchFolder folder, ModelVersion model, Limits limits) {
    this.folder = folder;
    this.model = model;
    this.limits = limits;
  }

  /** Writes questions; the same texts once more, while their batch is there, are another batch. */
  List<Written> write(Dataset<Row> questions, ComprehendPrices prices) {
    JavaPairRDD<String, String> texts =
        questions.toJavaRDD().mapToPair(row -> new Tuple2<>(row.getString(0), row.getString(1)));
    Sum sum = texts.values().map(Batches::sum).fold(new Sum(0, 0), Sum::plus);
    long linesOfJob = limits.linesOfJob(sum.lines(), sum.bytes());
    int count = (int) ((sum.lines() + linesOfJob - 1) / linesOfJob);
    JavaPairRDD<Long, Tuple2<String, String>> divided =
        texts
            .sortByKey()
            .zipWithIndex()
            .mapToPair(indexed -> new Tuple2<>(indexed._2, indexed._1))
            .repartitionAndSortWithinPartitions(new InOrder(linesOfJob, count));
    String seed = model.toString();
    Set<String> there = new TreeSet<>(folder.complete());
    int unitCharacters = prices.unitCharacters();
    int minimumUnits = prices.minimumUnits();
    LongUnaryOperatorOfTask units =
        characters -> Math.max(minimumUnits, (characters + unitCharacters - 1) / unitCharacters);
    List<Written> written =
        divided
            .mapPartitions(rows -> List.of(name(seed, rows, units)).iterator())
            .collect()
            .stream()
            .map(batch -> new Written(unused(batch._1, there), batch._2))
            .toList();
    List<String> names = written.stream().map(Written::name).toList();
    BatchFolder to = folder;
    List<String> copied = new ArrayList<>(names);
    divided
        .mapPartitionsWithIndex(
            (index, rows) -> {
              to.write(copied.get(index), texts(rows));
              return List.of(index).iterator();
            },
            false)
        .count();
    written.forEach(batch -> folder.complete(batch.name(), batch.tally()));
    return written;
  }

  private interface LongUnaryOperatorOfTask extends LongUnaryOperator, java.io.Serializable {}

  private static Sum sum(String text) {
    Cut line = BatchFolder.line(text);
    return new Sum(1, line.text().getBytes(StandardCharsets.UTF_8).length);
  }

  private static Iterator<Tuple2<String, String>> texts(
      Iterator<Tuple2<Long, Tuple2<String, String>>> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<String, String> next() {
        return rows.next()._2;
      }
    };
  }

  private static Tuple2<String, Tally> name(
      String seed, Iterator<Tuple2<Long, Tuple2<String, String>>> rows, LongUnaryOperator units) {
    MessageDigest digest = sha256();
    digest.update(seed.getBytes(StandardCharsets.UTF_8));
    Tally tally = Tally.NOTHING;
    while (rows.hasNext()) {
      Tuple2<String, String> text = rows.next()._2;
      digest.update((text._1 + "\n").getBytes(StandardCharsets.UTF_8));
      long characters = BatchFolder.line(text._2).characters();
      tally = tally.plus(new Tally(1, 0, characters, units.applyAsLong(characters)));
    }
    return new Tuple2<>(name(HexFormat.of().formatHex(digest.digest())), tally);
  }

  private static String unused(String name, Set<String> there) {
    return there.contains(name) ? unused(name(Fingerprint.of(name).hex()), there) : name;
  }

  private static String name(String digits) {
    return PREFIX + digits.substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static final class InOrder extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final long each;
    private final int count;

    InOrder(long each, int count) {
      this.each = each;
      this.count = count;
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object index) {
      return (int) ((Long) index / each);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof InOrder order && order.each == each && order.count == count;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(each) * 31 + count;
    }
  }
}

package dev.assay.messages.comprehend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/** Joins what batch jobs said about lines with the texts that stood there. */
final class BatchOutput implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BatchFolder folder;
  private final String compliant;

  private record Asked(String hash, boolean truncated) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Said(Map<String, Double> categories, boolean refused) implements Serializable {
    private static final long serialVersionUID = 1L;

    Said {
      categories = new TreeMap<>(categories);
    }
  }

  private record Place(String batch, long line) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  BatchOutput(BatchFolder folder, String compliant) {
    this.folder = folder;
    this.compliant = compliant;
  }

  /**
   * The answers there are; a text that the output leaves out has none.
   *
   * @param outputs address of each batch's output, by the batch's name
   */
  JavaRDD<Answer> answers(JavaSparkContext spark, Map<String, String> outputs) {
    List<Tuple2<String, String>> batches = new ArrayList<>();
    outputs.forEach((batch, output) -> batches.add(new Tuple2<>(batch, output)));
    JavaRDD<Tuple2<String, String>> each = spark.parallelize(batches, Math.max(1, batches.size()));
    JavaPairRDD<Place, Asked> asked = each.flatMapToPair(batch -> asked(batch._1));
    JavaPairRDD<Place, Said> said = each.flatMapToPair(batch -> said(batch._1, batch._2));
    return asked
        .join(said)
        .values()
        .map(
            pair ->
                new Answer(
                    pair._1.hash(), pair._2.categories(), pair._1.truncated(), pair._2.refused()));
  }

  /** Which text is in which batch. */
  JavaPairRDD<String, String> batchesByHash(JavaSparkContext spark, Collection<String> batches) {
    return spark
        .parallelize(new ArrayList<>(batches), Math.max(1, batches.size()))
        .flatMapToPair(this::asked)
        .mapToPair(asked -> new Tuple2<>(asked._2.hash(), asked._1.batch()));
  }

  private Iterator<Tuple2<Place, Asked>> asked(String batch) throws IOException {
    Path path = new Path(folder.hashes(batch));
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                folder.open(folder.hashes(batch)).open(path), StandardCharsets.UTF_8));
    closeAtEnd(lines::close);
    return new Numbered(lines.lines().iterator(), batch);
  }

  private static final class Numbered implements Iterator<Tuple2<Place, Asked>> {
    private final Iterator<String> lines;
    private final String batch;
    private long number;

    Numbered(Iterator<String> lines, String batch) {
      this.lines = lines;
      this.batch = batch;
    }

    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public Tuple2<Place, Asked> next() {
      String line = lines.next();
      int space = line.lastIndexOf(' ');
      return new Tuple2<>(
          new Place(batch, number++),
          new Asked(line.substring(0, space), Boolean.parseBoolean(line.substring(space + 1))));
    }
  }

  private Iterator<Tuple2<Place, Said>> said(String batch, String output) throws IOException {
    Predictions predictions =
        new Predictions(folder.open(output).open(new Path(output)), compliant);
    closeAtEnd(predictions::close);
    return new Iterator<>() {
      private Optional<Predictions.Prediction> next = predictions.next(BatchFolder.FILE);

      @Override
      public boolean hasNext() {
        return next.isPresent();
      }

      @Override
      public Tuple2<Place, Said> next() {
        Predictions.Prediction now = next.orElseThrow();
        next = predictions.next(BatchFolder.FILE);
        return new Tuple2<>(
            new Place(batch, now.line()), new Said(now.categories(), now.refused()));
      }
    };
  }

  private interface Closing {
    void close() throws IOException;
  }

  private static void closeAtEnd(Closing closing) {
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  try {
                    closing.close();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
  }
}

package dev.assay.messages.comprehend;

import dev.assay.messages.ModelVersion;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * The folder of one job's batches: in a folder for each batch the texts, a line each, the hashes of
 * those lines, and a file that says that both are complete.
 */
final class BatchFolder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The file with the texts. */
  static final String FILE = "texts.txt";

  private static final String HASHES = "hashes.txt";
  private static final String COMPLETE = "complete";
  private static final String RECORDED = "recorded";

  private final String parent;
  private final String folder;
  private final SerializableConfiguration hadoop;

  BatchFolder(String parent, ModelVersion model, SerializableConfiguration hadoop) {
    this.parent = parent;
    this.folder = parent + "/" + Journal.safe(model.toString());
    this.hadoop = hadoop;
  }

  String folder() {
    return folder;
  }

  String input(String batch) {
    return "%s/%s/input/".formatted(folder, batch);
  }

  String output(String batch) {
    return "%s/%s/output/".formatted(folder, batch);
  }

  String hashes(String batch) {
    return "%s/%s/%s".formatted(folder, batch, HASHES);
  }

  /** Names of the batches that are written completely. */
  List<String> complete() {
    try {
      FileSystem fileSystem = open(folder);
      return Arrays.stream(list(fileSystem, folder))
          .filter(FileStatus::isDirectory)
          .filter(batch -> has(fileSystem, new Path(batch.getPath(), COMPLETE)))
          .map(batch -> batch.getPath().getName())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Writes a batch; the same batch again writes the same. */
  void write(String batch, Iterator<Tuple2<String, String>> texts) {
    try (Writer lines = writer(input(batch) + FILE);
        Writer hashes = writer(hashes(batch))) {
      while (texts.hasNext()) {
        Tuple2<String, String> text = texts.next();
        Cut line = line(text._2);
        lines.write(line.text());
        lines.write('\n');
        hashes.write(text._1 + " " + line.truncated() + "\n");
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  boolean exists(String path) {
    try {
      return has(open(path), new Path(path));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Says that a batch is written.
   *
   * @param tally what a job about it is charged for
   */
  void complete(String batch, Tally tally) {
    try (Writer complete = writer("%s/%s/%s".formatted(folder, batch, COMPLETE))) {
      complete.write("%d %d %d%n".formatted(tally.calls(), tally.characters(), tally.units()));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** What a job about a complete batch is charged for. */
  Tally tally(String batch) {
    Path complete = new Path("%s/%s/%s".formatted(folder, batch, COMPLETE));
    try (InputStream file = open(folder).open(complete)) {
      String[] numbers = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
      return numbers.length == 3
          ? new Tally(
              Long.parseLong(numbers[0]), 0, Long.parseLong(numbers[1]), Long.parseLong(numbers[2]))
          : Tally.NOTHING;
    } catch (FileNotFoundException e) {
      return Tally.NOTHING;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Says that what the job about a batch costs is in the ledger. */
  void recorded(String batch) {
    try (Writer recorded = writer("%s/%s/%s".formatted(folder, batch, RECORDED))) {
      recorded.write("1\n");
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  boolean isRecorded(String batch) {
    return exists("%s/%s/%s".formatted(folder, batch, RECORDED));
  }

  /**
   * Deletes batches with their texts and output; also those that were not written completely, and
   * those of other models, which nobody reads any more.
   */
  void delete(Set<String> batches) {
    try {
      FileSystem fileSystem = open(parent);
      for (FileStatus model : list(fileSystem, parent)) {
        if (!model.getPath().getName().equals(new Path(folder).getName())) {
          fileSystem.delete(model.getPath(), true);
        }
      }
      for (FileStatus batch : list(fileSystem, folder)) {
        if (batches.contains(batch.getPath().getName())
            || !has(fileSystem, new Path(batch.getPath(), COMPLETE))) {
          fileSystem.delete(batch.getPath(), true);
        }
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** A text on one line, as the service takes it. */
  static Cut line(String text) {
    return Cut.of(
        text.replaceAll("[\\n\\r\\u000B\\f\\u0085\\u2028\\u2029]", " "), Cut.CLASSIFY_BYTES);
  }

  FileSystem open(String path) throws IOException {
    return new Path(path).getFileSystem(hadoop.value());
  }

  AssayException unreachable(IOException cause) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: the files of Comprehend's batch jobs cannot be used (%s). Check the folder and the permissions on it, and run again; jobs that were started are found again."
            .formatted(folder, cause.getClass().getSimpleName()),
        new UncheckedIOException(cause));
  }

  private static FileStatus[] list(FileSystem fileSystem, String path) throws IOException {
    try {
      return fileSystem.listStatus(new Path(path));
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private boolean has(FileSystem fileSystem, Path path) {
    try {
      return fileSystem.exists(path);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private Writer writer(String path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(open(path).create(new Path(path), true), StandardCharsets.UTF_8));
  }
}

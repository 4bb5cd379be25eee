package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A folder of answers that are there but not yet kept, and of charges that are not yet in the
 * ledger: lines of JSON, in a file of either for each attempt of each task. One job uses it at a
 * time. The last line of a file may be torn; it then counts for nothing.
 */
final class Journal implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How files of answers end. */
  static final String ANSWERS = ".jsonl";

  /** How files of charges end. */
  static final String CHARGES = ".charges";

  private final String folder;
  private final SerializableConfiguration hadoop;

  /**
   * @param parent of a job, as {@link #place}
   * @param what is asked: a model, or a search
   */
  Journal(String parent, String what, SerializableConfiguration hadoop) {
    this.folder = parent + "/" + safe(what);
    this.hadoop = hadoop;
  }

  /**
   * A journal that every process of Spark can write to.
   *
   * @throws AssayException if it lies on one machine of a cluster, or if Spark speculates, which
   *     would ask twice
   */
  static Journal open(SparkSession spark, String parent, String what) {
    if (spark.sparkContext().getConf().getBoolean("spark.speculation", false)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "Spark is set to run slow tasks twice (spark.speculation), and each call of Comprehend is paid. Set 'spark: {spark.speculation: false}' in the profile.");
    }
    Journal journal =
        new Journal(
            parent, what, new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    if (journal.isLocal() && !spark.sparkContext().isLocal()) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "The journal of Comprehend's answers is %s, which lies on one machine, and Spark runs on several. Expected a folder that all reach; set 'comprehend: {journal: s3://…}' in the profile."
              .formatted(parent));
    }
    return journal;
  }

  /** Where the journal of a job is: as the profile says, or in its work folder, or at home. */
  static String place(ComprehendSettings settings, java.nio.file.Path home, String owner) {
    String parent =
        settings
            .journal()
            .or(() -> settings.work().map(work -> work + "/journal"))
            .orElseGet(() -> home.resolve("comprehend/journal").toString());
    return parent + "/" + safe(owner);
  }

  /** As the name of a folder on any file system. */
  static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9@.+-]", "-");
  }

  String folder() {
    return folder;
  }

  /** Whether it lies on a disk of one machine. */
  boolean isLocal() {
    return new Path(folder).toUri().getScheme() == null
        ? FileSystem.getDefaultUri(hadoop.value()).getScheme().equals("file")
        : new Path(folder).toUri().getScheme().equals("file");
  }

  /** The files of answers there are now. */
  List<String> files() {
    return files(ANSWERS);
  }

  /**
   * The files of charges that other runs left behind: those that ended have none any more.
   *
   * @param run whose own files are left out
   */
  List<String> chargesBefore(String run) {
    return files(CHARGES).stream()
        .filter(file -> !new Path(file).getName().startsWith(run))
        .toList();
  }

  /** The files of charges of a run. */
  List<String> chargesOf(String run) {
    return files(CHARGES).stream()
        .filter(file -> new Path(file).getName().startsWith(run))
        .toList();
  }

  private List<String> files(String ending) {
    try {
      return Arrays.stream(fileSystem().listStatus(new Path(folder)))
          .filter(FileStatus::isFile)
          .map(file -> file.getPath().toString())
          .filter(file -> file.endsWith(ending))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** The answers in one of the files; none if it is gone. */
  List<Answer> read(String file) {
    return read(file, Answer::parse);
  }

  /** The charges in one of the files; none if it is gone. */
  List<Charge> charges(String file) {
    return read(file, Charge::parse);
  }

  private <T> List<T> read(String file, Function<String, Optional<T>> parser) {
    List<T> found = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(fileSystem().open(new Path(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parser.apply(line).ifPresent(found::add);
      }
      return found;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Opens files for the answers and charges of a task. */
  JournalWriter open(String run, String task, int attempt) {
    String name = "%s/%s-%s-%d".formatted(folder, run, task, attempt);
    try {
      if (isLocal()) {
        return new LocalJournalWriter(java.nio.file.Path.of(new Path(name).toUri().getPath()));
      }
      return new SegmentJournalWriter(fileSystem(), name);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** What earlier attempts of a task have been answered. */
  TreeSet<String> answeredBefore(String run, String task) {
    TreeSet<String> hashes = new TreeSet<>();
    String begin = "%s-%s-".formatted(run, task);
    files().stream()
        .filter(file -> new Path(file).getName().startsWith(begin))
        .forEach(file -> read(file).forEach(answer -> hashes.add(answer.hash())));
    return hashes;
  }

  /** Deletes files; those already gone are no error. */
  void delete(List<String> files) {
    try {
      for (String file : files) {
        fileSystem().delete(new Path(file), false);
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(folder).getFileSystem(hadoop.value());
  }

  private AssayException unreachable(IOException cause) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: the journal of answers cannot be used (%s). Check the folder and its permissions, and run again; answers in it are not paid again."
            .formatted(folder, cause.getClass().getSimpleName()),
        new UncheckedIOException(cause));
  }
}

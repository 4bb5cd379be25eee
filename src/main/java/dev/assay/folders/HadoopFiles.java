package dev.assay.folders;

import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.SourceFiles;
import dev.assay.model.Outage;
import dev.assay.model.SourceFile;
import dev.assay.rules.evaluate.RawFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files on this machine, in S3 and wherever else Hadoop reads, listed as raw inputs are. */
public final class HadoopFiles implements RawFiles {
  private final Configuration configuration;
  private final Supplier<Listing> read;
  private final Function<SourceFile, String> names;

  /**
   * @param read the files that the data were read from, or why nobody knows them
   * @param names how files are called in messages
   */
  public HadoopFiles(
      Configuration configuration, Supplier<Listing> read, Function<SourceFile, String> names) {
    this.configuration = configuration;
    this.read = read;
    this.names = names;
  }

  /** For a table, which nobody can say the raw files of. */
  public static RawFiles ofTable(Configuration configuration) {
    return new HadoopFiles(
        configuration,
        () ->
            Listing.unknown(
                "Nobody knows the raw files of a table. Name a path in the rule, or put the rule into the ruleset of a job that reads files."),
        SourceFile::path);
  }

  /** For a dataset: the files that Spark says it reads. */
  public static RawFiles of(Dataset<Row> rows) {
    Configuration configuration = rows.sparkSession().sessionState().newHadoopConf();
    return new HadoopFiles(configuration, () -> inputsOf(rows, configuration), SourceFile::path);
  }

  private static Listing inputsOf(Dataset<Row> rows, Configuration configuration) {
    String[] locations = rows.inputFiles();
    return locations.length == 0
        ? Listing.unknown(
            "Spark does not say which files the dataset is read from. Name a path in the rule.")
        : Listing.of(
            Arrays.stream(locations)
                .map(location -> status(location, configuration))
                .sorted()
                .toList());
  }

  private static SourceFile status(String location, Configuration configuration) {
    try {
      Path path = new Path(new URI(location));
      FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
      return SourceFiles.of(status);
    } catch (IOException | URISyntaxException e) {
      throw Outage.noAnswer(e)
          .orElseGet(
              () ->
                  new UnreadableInputException(
                      location,
                      "the file that the dataset is read from cannot be looked at (%s)"
                          .formatted(e.getClass().getSimpleName()),
                      "Check that it is still there and that you may read it."));
    }
  }

  @Override
  public Listing list(Optional<String> path) {
    return path.map(some -> Listing.of(SourceFiles.find(List.of(some), configuration)))
        .orElseGet(read);
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    Path path = new Path(file.path());
    return path.getFileSystem(configuration).open(path);
  }

  @Override
  public String nameOf(SourceFile file) {
    return names.apply(file);
  }
}

package dev.assay.messages.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.message.Thresholds;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Models in folders, on any file system that Hadoop knows: {@code
 * <root>/<name>/<version>/{model.json,weights.bin,card.md,card.json}}, and {@code
 * <root>/<name>/current} with the version that jobs use. A version's files are written once and
 * never changed.
 */
public final class ModelStore {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int MAGIC = 0x41_53_4D_31;

  private final Path root;
  private final Configuration configuration;

  /**
   * @param root a folder; need not exist
   */
  public ModelStore(String root, Configuration configuration) {
    this.root = new Path(root);
    this.configuration = configuration;
  }

  /** What is kept beside the weights. */
  private record Head(
      String name,
      String version,
      List<String> categories,
      List<Double> intercepts,
      List<Double> slopes,
      List<Double> offsets,
      Map<String, Double> thresholds,
      double margin,
      long checksum) {}

  /** A model that can be asked, and the thresholds it was given. */
  public record Loaded(LocalClassifier classifier, Thresholds thresholds) {}

  /**
   * Keeps a model; a version that is there already stays as it is.
   *
   * @return the folder of the version
   */
  public String keep(Trained trained, ModelCard card) {
    LocalModel model = trained.model();
    Path folder = new Path(new Path(root, model.name()), model.version());
    try {
      FileSystem files = root.getFileSystem(configuration);
      if (!files.exists(new Path(folder, "model.json"))) {
        files.mkdirs(folder);
        long checksum = writeWeights(files, new Path(folder, "weights.bin"), model);
        write(files, new Path(folder, "card.md"), card.markdown());
        write(files, new Path(folder, "card.json"), json(card));
        // last: a folder without it is not a model
        write(files, new Path(folder, "model.json"), head(trained, checksum));
      }
      return folder.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write model " + model.id() + " to " + folder, e);
    }
  }

  /** Makes a version the one that jobs use. */
  public void use(String name, String version) {
    try {
      write(
          root.getFileSystem(configuration),
          new Path(new Path(root, name), "current"),
          version + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write which version of " + name + " is used", e);
    }
  }

  /** The version that jobs use; none if the model was never trained. */
  public Optional<String> current(String name) {
    try {
      return Optional.of(
          read(root.getFileSystem(configuration), new Path(new Path(root, name), "current"))
              .strip());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read which version of " + name + " is used", e);
    }
  }

  /**
   * Loads a version.
   *
   * @throws AssayException if it is not there or its files are damaged
   */
  public Loaded load(SparkSession spark, String name, String version) {
    Path folder = new Path(new Path(root, name), version);
    try {
      FileSystem files = root.getFileSystem(configuration);
      Head head = JSON.readValue(read(files, new Path(folder, "model.json")), Head.class);
      LocalModel model = model(files, folder, head);
      return new Loaded(
          new LocalClassifier(spark, model), new Thresholds(head.thresholds(), head.margin()));
    } catch (FileNotFoundException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "Model %s@%s is not in %s. Train it with 'assay train', or name another version."
              .formatted(name, version, root));
    } catch (JsonProcessingException e) {
      throw damaged(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read model " + folder, e);
    }
  }

  private static LocalModel model(FileSystem files, Path folder, Head head) throws IOException {
    int width = head.categories().size() + 1;
    int[] features;
    float[] weights;
    long[] words;
    CRC32C checksum = new CRC32C();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new java.io.BufferedInputStream(files.open(new Path(folder, "weights.bin"))),
                checksum))) {
      if (in.readInt() != MAGIC) {
        throw damaged(folder);
      }
      features = new int[Math.min(in.readInt(), Features.COUNT)];
      weights = new float[features.length * width];
      for (int place = 0; place < features.length; place++) {
        features[place] = in.readInt();
        for (int column = 0; column < width; column++) {
          weights[place * width + column] = in.readFloat();
        }
      }
      words = new long[in.readInt()];
      for (int word = 0; word < words.length; word++) {
        words[word] = in.readLong();
      }
    } catch (java.io.EOFException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw damaged(folder);
    }
    if (checksum.getValue() != head.checksum()) {
      throw damaged(folder);
    }
    return new LocalModel(
        head.name(),
        head.version(),
        head.categories(),
        LocalModel.rows(features, head.categories().size()),
        weights,
        doubles(head.intercepts()),
        doubles(head.slopes()),
        doubles(head.offsets()),
        words);
  }

  private static AssayException damaged(Path folder) {
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s: the model's files are damaged. Delete the folder and train again; the same texts give the same version."
            .formatted(folder));
  }

  private static long writeWeights(FileSystem files, Path file, LocalModel model)
      throws IOException {
    int width = model.categories().size() + 1;
    int[] features =
        IntStream.range(0, Features.COUNT).filter(feature -> model.rows()[feature] >= 0).toArray();
    CRC32C checksum = new CRC32C();
    try (OutputStream bytes = files.create(file, true);
        DataOutputStream out =
            new DataOutputStream(
                new CheckedOutputStream(new java.io.BufferedOutputStream(bytes), checksum))) {
      out.writeInt(MAGIC);
      out.writeInt(features.length);
      for (int feature : features) {
        out.writeInt(feature);
        for (int column = 0; column < width; column++) {
          out.writeFloat(model.weights()[model.rows()[feature] + column]);
        }
      }
      out.writeInt(model.words().length);
      for (long word : model.words()) {
        out.writeLong(word);
      }
    }
    return checksum.getValue();
  }

  /** What was not measured is null. */
  private static String json(ModelCard card) throws JsonProcessingException {
    ObjectNode node = JSON.valueToTree(card);
    node.set("test", JSON.valueToTree(card.test().orElse(null)));
    node.set("disguised", JSON.valueToTree(card.disguised().orElse(null)));
    return JSON.writeValueAsString(node);
  }

  private static String head(Trained trained, long checksum) throws JsonProcessingException {
    LocalModel model = trained.model();
    ObjectNode head =
        JSON.valueToTree(
            new Head(
                model.name(),
                model.version(),
                model.categories(),
                list(model.intercepts()),
                list(model.slopes()),
                list(model.offsets()),
                new TreeMap<>(trained.thresholds().byCategory()),
                trained.thresholds().margin(),
                checksum));
    return JSON.writeValueAsString(head);
  }

  private static void write(FileSystem files, Path file, String text) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String read(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> list(double[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }
}

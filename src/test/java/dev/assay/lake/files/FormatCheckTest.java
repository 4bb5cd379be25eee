package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.model.job.Input.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A corrected file is taken as its job's reader takes it, or the line that does not fit is told.
 */
class FormatCheckTest {
  private static final String CSV =
      " Expected CSV records of id, name, parted by ',', below a header.";
  private static final String JSON = " Expected one JSON object on each line, with id, name.";
  private static final String REMEDY = " Correct it and requeue it again; nothing was kept.";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "id,name\\n1,a\\n",
        "name,id\\r\\na,1\\r\\n",
        "id,name\\n\\n\"1\",\"a,b\"",
        // a value that is no int is the run's business
        "id,name\\nx,a\\n",
      })
  void takesCsvThatFits(String text) {
    FormatCheck.check(write("a.csv", text.translateEscapes()), csv(Input.CsvOptions.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "id,name\\n1,a\\n\\n2,b,sEcReT\\n      | line 4 has 3 fields; expected 2",
        "id,name\\n1,a\\nsEcReT\\n3,c\\n       | line 3 has 1 fields; expected 2",
        "id,name\\n1,\"sEcReT\\n              | line 2 has quotes that do not fit the format",
        "1,sEcReT\\n2,b\\n                     | line 1 is not the header that the job declares (id is missing, name is missing, 2 not declared)",
        "id\\n1\\n                             | line 1 is not the header that the job declares (name is missing)",
        "id,name,sEcReT\\n1,a,b\\n             | line 1 is not the header that the job declares (1 not declared)",
        "id,name,id\\n1,a,2\\n                 | line 1 is not the header that the job declares (1 repeated)",
        "id;name\\n1;sEcReT\\n                 | line 1 is not the header that the job declares (id is missing, name is missing, 1 not declared)",
        "id,name\\n                            | the file holds no record",
        "~~                                    | the file is empty",
      })
  void refusesCsvThatDoesNotFit(String text, String found) {
    Path file = write("a.csv", text.translateEscapes());

    assertRefused(file, csv(Input.CsvOptions.DEFAULT), found + "." + CSV + REMEDY);
  }

  @Test
  void takesColumnsThatTheJobIgnores() {
    Input.Files input =
        files(Format.CSV, Input.CsvOptions.DEFAULT, Input.ExtraFields.IGNORE, "id", "name");

    FormatCheck.check(write("a.csv", "id,note,name\n1,x,a\n"), input);
  }

  @Test
  void readsCsvAsItsJobDescribesIt() {
    Input.Files input =
        csv(
            new Input.CsvOptions(
                ';', Optional.of('"'), Optional.empty(), false, "ISO-8859-1", true, ""));
    String text = "1;\"two\nlines\"\n2;\u00fc\n";

    FormatCheck.check(write("a.csv", text.getBytes(StandardCharsets.ISO_8859_1)), input);
    assertRefused(
        write("b.csv", (text + "3\n").getBytes(StandardCharsets.ISO_8859_1)),
        input,
        "line 4 has 1 fields; expected 2. Expected CSV records of id, name, parted by ';'."
            + REMEDY);
  }

  @Test
  void namesTheLineThatIsNoText() {
    byte[] text = "id,name\n1,a\n2,\u00fc\n".getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(
        write("a.csv", text),
        csv(Input.CsvOptions.DEFAULT),
        "line 3 is not text in UTF-8." + CSV + REMEDY);
  }

  @Test
  void readsCompressedFilesByTheirEnding() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("id,name\n1,a\n2\n".getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Input.Files input = csv(Input.CsvOptions.DEFAULT);

    assertRefused(
        write("a.csv.gz", whole), input, "line 3 has 1 fields; expected 2." + CSV + REMEDY);
    Path broken = write("b.csv.gz", Arrays.copyOf(whole, whole.length - 12));
    assertThatThrownBy(() -> FormatCheck.check(broken, input))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith(broken + ": ")
        .hasMessageContaining("damaged");
  }

  @Test
  void takesJsonThatFits() {
    FormatCheck.check(
        write("a.jsonl", "{\"id\": 1}\n\n{\"name\": {\"first\": \"a\"}, \"id\": 2}\n"), json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\": 1}\\n[{\"id\": \"sEcReT\"}]\\n | line 2 is not a JSON object",
        "{\"id\": 1}\\n{\"id\": sEcReT}\\n       | line 2 is not JSON at character 14",
        "{\\n  \"id\": 1\\n}\\n                   | line 1 is not JSON at character 2",
        "{\"id\": 1}\\n\\n{\"name\": \"sEcReT\"}   | line 3: id is missing",
        "{\"id\": 1, \"sEcReT\": 2}\\n            | line 1 has 1 field(s) that are not declared",
        "\\n\\n                                   | the file holds no record",
      })
  void refusesJsonThatDoesNotFit(String text, String found) {
    assertRefused(write("a.jsonl", text.translateEscapes()), json(), found + "." + JSON + REMEDY);
  }

  @Test
  void takesAvroThatIsWhole() throws IOException {
    byte[] whole = avro(1000);
    String refusal =
        "the file is damaged, or holds no columns in this format. Expected an Avro file like those that the job reads."
            + REMEDY;

    FormatCheck.check(write("a.avro", whole), typed(Format.AVRO));
    assertRefused(
        write("b.avro", Arrays.copyOf(whole, whole.length - 100)), typed(Format.AVRO), refusal);
    assertRefused(write("c.avro", "id,name\n1,sEcReT\n"), typed(Format.AVRO), refusal);
    byte[] changed = whole.clone();
    Arrays.fill(changed, changed.length / 2, changed.length - 16, (byte) 0xff);
    assertRefused(write("d.avro", changed), typed(Format.AVRO), refusal);
    assertRefused(
        write("e.avro", avro(0)),
        typed(Format.AVRO),
        "the file holds no record. Expected an Avro file like those that the job reads." + REMEDY);
  }

  @Test
  void takesParquetThatIsWhole() throws IOException {
    byte[] whole = parquet();
    String refusal =
        "the file is damaged, or holds no columns in this format. Expected a Parquet file like those that the job reads."
            + REMEDY;

    FormatCheck.check(write("a.parquet", whole), typed(Format.PARQUET));
    assertRefused(
        write("b.parquet", Arrays.copyOf(whole, whole.length - 100)),
        typed(Format.PARQUET),
        refusal);
    assertRefused(write("c.parquet", "id,name\n1,sEcReT\n"), typed(Format.PARQUET), refusal);
    byte[] changed = whole.clone();
    Arrays.fill(changed, 4, 60, (byte) 0xff);
    assertRefused(write("d.parquet", changed), typed(Format.PARQUET), refusal);
  }

  @Test
  void comparesTheColumnsOfTypedFilesWithDeclaredOnes() throws IOException {
    Input.Files same =
        files(Format.AVRO, Input.CsvOptions.DEFAULT, Input.ExtraFields.QUARANTINE, "id", "name");
    Input.Files other =
        files(
            Format.PARQUET, Input.CsvOptions.DEFAULT, Input.ExtraFields.QUARANTINE, "id", "price");

    FormatCheck.check(write("a.avro", avro(10)), same);
    assertRefused(
        write("a.parquet", parquet()),
        other,
        "its columns are not those that the job declares (id, price). Expected a Parquet file like those that the job reads."
            + REMEDY);
  }

  private static void assertRefused(Path file, Input.Files input, String message) {
    UnreadableInputException refusal =
        catchThrowableOfType(UnreadableInputException.class, () -> FormatCheck.check(file, input));
    assertThat(refusal).hasMessage(file + ": " + message).hasMessageNotContaining("sEcReT");
    assertThat(refusal.kind()).isEqualTo(ExitKind.INPUT_MISSING);
  }

  private static byte[] avro(int records) throws IOException {
    Schema schema =
        SchemaBuilder.record("car").fields().requiredInt("id").requiredString("name").endRecord();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericData.Record> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericData.Record>(schema))) {
      writer.create(schema, bytes);
      for (int id = 0; id < records; id++) {
        GenericData.Record car = new GenericData.Record(schema);
        car.put("id", id);
        car.put("name", "car");
        writer.append(car);
      }
    }
    return bytes.toByteArray();
  }

  private byte[] parquet() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message car { required int32 id; required binary name (UTF8); }");
    Path file = folder.resolve("written.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(schema)
            .build()) {
      for (int id = 0; id < 1000; id++) {
        writer.write(
            new SimpleGroupFactory(schema).newGroup().append("id", id).append("name", "car"));
      }
    }
    return Files.readAllBytes(file);
  }

  private static Input.Files csv(Input.CsvOptions options) {
    return files(Format.CSV, options, Input.ExtraFields.QUARANTINE, "id", "name");
  }

  private static Input.Files json() {
    return files(Format.JSON, Input.CsvOptions.DEFAULT, Input.ExtraFields.QUARANTINE, "id", "name");
  }

  private static Input.Files typed(Format format) {
    return files(format, Input.CsvOptions.DEFAULT, Input.ExtraFields.QUARANTINE);
  }

  /** An input whose first column must be there. */
  private static Input.Files files(
      Format format, Input.CsvOptions csv, Input.ExtraFields extra, String... columns) {
    List<ColumnSpec> declared =
        Arrays.stream(columns).map(name -> column(name, !name.equals(columns[0]))).toList();
    return new Input.Files(
        List.of("raw/*"),
        format,
        csv,
        declared,
        extra,
        Input.OnMissing.FAIL,
        Input.OnCorruptFile.FAIL,
        Input.Files.Read.ALL);
  }

  private static ColumnSpec column(String name, boolean nullable) {
    return new ColumnSpec(name, "string", Optional.empty(), nullable);
  }

  private Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

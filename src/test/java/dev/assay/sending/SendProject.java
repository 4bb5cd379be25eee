package dev.assay.sending;

import dev.assay.cli.Main;
import dev.assay.jobs.SendReader;
import dev.assay.ledger.LedgerTable;
import dev.assay.messages.text.NormalText;
import dev.assay.model.job.Send;
import dev.assay.sending.files.FilesChannel;
import dev.assay.sending.iceberg.IcebergSendings;
import dev.assay.sending.iceberg.TableMessages;
import dev.assay.sending.iceberg.TableVerdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import picocli.CommandLine;

/** A folder with messages, verdicts and a send job; the tables are written without Spark. */
public final class SendProject {
  /** Waits not at all. */
  public static final Patience HASTE =
      new Patience(3, Duration.ofMillis(1), Duration.ofMillis(1), time -> {});

  private static final Schema MESSAGES =
      texts("message_id", "campaign", "channel", "recipient", "text");
  private static final Schema VERDICTS =
      texts("message_id", "campaign", "content_hash", "decision", "model", "model_version");

  private final Path root;
  private final Catalog catalog;

  public SendProject(Path root) {
    this.root = root;
    this.catalog =
        dev.assay.lake.iceberg.LakeCatalog.open(
                dev.assay.jobs.ProfileReader.load("local", root.resolve("home")))
            .iceberg();
    if (!Files.exists(root.resolve("jobs/p/pipeline.yaml"))) {
      // one of several processes must not empty it while another one reads it
      file("jobs/p/pipeline.yaml", "name: p\nowner: somebody@example.com\n");
    }
  }

  /** The lines of a job with the channels in YAML. */
  public static String job(String channels) {
    return """
        kind: send
        name: go
        verdicts: semantic.verdicts
        messages: {table: prepared.messages, key: [message_id], text: text, address: recipient, channel: channel, campaign: campaign}
        channels: %s
        """
        .formatted(channels);
  }

  public SendProject file(String name, String content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SendProject job(String channels, String more) {
    return file("jobs/p/go.yaml", job(channels) + more);
  }

  /** A message that was judged. */
  public record Message(String id, String channel, String address, String text, String decision) {}

  /** Adds messages with their verdicts, all of campaign {@code winter}. */
  public SendProject messages(List<Message> messages) {
    List<Record> rows = new ArrayList<>();
    List<Record> verdicts = new ArrayList<>();
    for (Message message : messages) {
      rows.add(
          row(
              MESSAGES,
              message.id(),
              "winter",
              message.channel(),
              message.address(),
              message.text()));
      if (!message.decision().isEmpty()) {
        verdicts.add(
            row(
                VERDICTS,
                message.id(),
                "winter",
                NormalText.of(message.text()).hash(),
                message.decision(),
                "m",
                "1"));
      }
    }
    append("prepared", "messages", MESSAGES, rows);
    append("semantic", "verdicts", VERDICTS, verdicts);
    return this;
  }

  /** Compliant messages m0, m1, … with an address each. */
  public SendProject compliant(int count, String channel, Function<Integer, String> address) {
    List<Message> messages = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      messages.add(
          new Message("m" + number, channel, address.apply(number), "text " + number, "compliant"));
    }
    return messages(messages);
  }

  public SendProject verdict(
      String id, String text, String decision, String model, String version) {
    append(
        "semantic",
        "verdicts",
        VERDICTS,
        List.of(row(VERDICTS, id, "winter", NormalText.of(text).hash(), decision, model, version)));
    return this;
  }

  /** The job as a file has it, run with these channels and settings. */
  public SendSummary send(
      Map<String, Channel> channels, SendOptions options, Clock clock, SendListener listener) {
    Send job = load();
    VerdictBook verdicts = new TableVerdicts(table("semantic", "verdicts"), job).read();
    return new SendRun(
            job,
            verdicts,
            new TableMessages(
                table("prepared", "messages"), job, text -> NormalText.of(text).hash()),
            new IcebergSendings(catalog, job, verdicts.model(), verdicts.modelVersion(), "run"),
            channels,
            new NoProtection(),
            clock,
            HASTE,
            listener)
        .run(options);
  }

  public SendSummary send(Map<String, Channel> channels) {
    return send(channels, SendOptions.USUAL, Clock.systemUTC(), (point, done, due) -> {});
  }

  public Send load() {
    return SendReader.load(
        root.resolve("jobs/p/go.yaml"),
        Map.of("home", root.resolve("home").toString()),
        LocalDate.EPOCH);
  }

  public Channel files() {
    return new FilesChannel(root.resolve("out"));
  }

  /** The files of the files channel. */
  public List<Path> sentFiles() {
    Path folder = root.resolve("out");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ledger's lines as {@code key state attempt}, of the last state of each attempt. */
  public Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    for (Record row : lines()) {
      String key = row.getField("message_key") + "#" + row.getField("attempt");
      String state = String.valueOf(row.getField("state"));
      states.merge(key, state, (one, other) -> one.equals("intent") ? other : one);
    }
    return states;
  }

  public List<Record> lines() {
    return LedgerTable.byValue(catalog, "sendings", texts("job"), "job")
        .scan(Expressions.alwaysTrue());
  }

  /** What a command says on either output. */
  public Said command(String... words) {
    StringWriter said = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(said, true));
    commands.setErr(new PrintWriter(said, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", root.resolve("home").toString()));
    int code = commands.execute(all.toArray(String[]::new));
    return new Said(code, said.toString());
  }

  public Said sendCommand(String... options) {
    List<String> words =
        new ArrayList<>(List.of("send", root.resolve("jobs/p/go.yaml").toString()));
    words.addAll(List.of(options));
    return command(words.toArray(String[]::new));
  }

  /** Exit code and text. */
  public record Said(int code, String text) {}

  public Catalog catalog() {
    return catalog;
  }

  public Path root() {
    return root;
  }

  private org.apache.iceberg.Table table(String layer, String name) {
    return catalog.loadTable(TableIdentifier.of(layer, name));
  }

  private void append(String layer, String name, Schema schema, List<Record> rows) {
    TableIdentifier identifier = TableIdentifier.of(layer, name);
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(Namespace.of(layer))) {
      namespaces.createNamespace(Namespace.of(layer));
    }
    org.apache.iceberg.Table table =
        catalog.tableExists(identifier)
            ? catalog.loadTable(identifier)
            : catalog.createTable(identifier, schema);
    if (rows.isEmpty()) {
      return;
    }
    DataWriter<Record> writer =
        new GenericAppenderFactory(table.schema(), table.spec())
            .newDataWriter(
                OutputFileFactory.builderFor(table, 0, System.nanoTime()).build().newOutputFile(),
                org.apache.iceberg.FileFormat.PARQUET,
                null);
    try (writer) {
      rows.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }

  /** Replaces the text of every message of an id. */
  public SendProject changeText(String id, String text) {
    org.apache.iceberg.Table table = table("prepared", "messages");
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> scan = IcebergGenerics.read(table).build()) {
      scan.forEach(
          row -> {
            if (id.equals(row.getField("message_id"))) {
              row.setField("text", text);
            }
            rows.add(row.copy());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    append("prepared", "messages", MESSAGES, rows);
    return this;
  }

  private static Record row(Schema schema, String... values) {
    Record row = GenericRecord.create(schema);
    for (int index = 0; index < values.length; index++) {
      row.set(index, values[index]);
    }
    return row;
  }

  private static Schema texts(String... names) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(Types.NestedField.optional(fields.size() + 1, name, Types.StringType.get()));
    }
    return new Schema(fields);
  }

  /** Nothing is protected. */
  private static final class NoProtection implements Protection {
    @Override
    public boolean isToken(String address) {
      return address.startsWith("tok1_");
    }

    @Override
    public boolean isCiphertext(String address) {
      return false;
    }

    @Override
    public String reveal(String ciphertext) {
      throw new IllegalArgumentException("there are no keys");
    }
  }
}

package dev.assay.jobs;

import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Input.CsvOptions;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the inputs of a job. */
final class InputReader {
  private static final String ASCII = "\r\n\t Az09,;|'-\"\\";

  private InputReader() {}

  static Map<String, Input> inputs(Yaml yaml) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    yaml.entries()
        .forEach(
            (alias, input) ->
                inputs.put(
                    alias, input.isMapping() && input.has("files") ? files(input) : table(input)));
    return inputs;
  }

  private static Input table(Yaml yaml) {
    if (!yaml.isMapping()) {
      return new Input.Table(
          yaml.as(TableName::parse),
          Optional.empty(),
          Input.Table.Read.LATEST,
          Input.Table.OnRewrite.FAIL,
          Input.OnMissing.FAIL);
    }
    yaml.allow("table", "files", "snapshot", "read", "on-rewrite", "on-missing");
    if (!yaml.has("table")) {
      throw yaml.error("the input has neither 'files' nor 'table'", "Add one of them.");
    }
    return new Input.Table(
        yaml.require("table").as(TableName::parse),
        yaml.find("snapshot").map(snapshot -> snapshot.as(Long::valueOf)),
        yaml.find("read")
            .map(read -> read.choice(Input.Table.Read.class))
            .orElse(Input.Table.Read.LATEST),
        yaml.find("on-rewrite")
            .map(rewrite -> rewrite.choice(Input.Table.OnRewrite.class))
            .orElse(Input.Table.OnRewrite.FAIL),
        onMissing(yaml));
  }

  private static Input files(Yaml yaml) {
    yaml.allow(
        "files",
        "format",
        "csv",
        "columns",
        "extra-fields",
        "on-missing",
        "on-corrupt-file",
        "read");
    Input.Format format = yaml.require("format").choice(Input.Format.class);
    boolean text = format == Input.Format.CSV || format == Input.Format.JSON;
    if (text) {
      yaml.require("columns");
    }
    return files(yaml, format);
  }

  /** Files whose columns need not be declared. */
  static Input.Files files(Yaml yaml, Input.Format format) {
    if (format != Input.Format.CSV) {
      yaml.find("csv")
          .ifPresent(
              csv -> {
                throw csv.error("csv settings do not go with this format", "Take them out.");
              });
    }
    return new Input.Files(
        yaml.require("files").texts(),
        format,
        yaml.find("csv").map(InputReader::csv).orElse(CsvOptions.DEFAULT),
        yaml.find("columns").map(StepReader::columns).orElse(List.of()),
        yaml.find("extra-fields")
            .map(extra -> extra.choice(Input.ExtraFields.class))
            .orElse(Input.ExtraFields.QUARANTINE),
        onMissing(yaml),
        yaml.find("on-corrupt-file")
            .map(corrupt -> corrupt.choice(Input.OnCorruptFile.class))
            .orElse(Input.OnCorruptFile.FAIL),
        yaml.find("read")
            .map(read -> read.choice(Input.Files.Read.class))
            .orElse(Input.Files.Read.ALL));
  }

  private static Input.OnMissing onMissing(Yaml yaml) {
    return yaml.find("on-missing")
        .map(missing -> missing.choice(Input.OnMissing.class))
        .orElse(Input.OnMissing.FAIL);
  }

  private static CsvOptions csv(Yaml yaml) {
    yaml.allow("delimiter", "quote", "escape", "header", "encoding", "multi-line", "null-text");
    CsvOptions usual = CsvOptions.DEFAULT;
    return new CsvOptions(
        yaml.find("delimiter")
            .map(value -> value.as(InputReader::character))
            .orElse(usual.delimiter()),
        yaml.has("quote") ? optionalCharacter(yaml.require("quote")) : usual.quote(),
        yaml.find("escape").flatMap(InputReader::optionalCharacter),
        yaml.find("header").map(Yaml::bool).orElse(usual.header()),
        yaml.find("encoding")
            .map(value -> value.as(InputReader::encoding))
            .orElse(usual.encoding()),
        yaml.find("multi-line").map(Yaml::bool).orElse(usual.multiLine()),
        yaml.find("null-text").map(Yaml::text).orElse(usual.nullText()));
  }

  private static Optional<Character> optionalCharacter(Yaml value) {
    return value.text().equals("none")
        ? Optional.empty()
        : Optional.of(value.as(InputReader::character));
  }

  private static Character character(String text) {
    String plain = text.equals("\\t") || text.equals("tab") ? "\t" : text;
    if (plain.length() != 1) {
      throw new IllegalArgumentException(
          "'%s' is not one character; for a tab write \"\\t\"".formatted(text));
    }
    return plain.charAt(0);
  }

  private static String encoding(String text) {
    if (!Charset.isSupported(text)) {
      throw new IllegalArgumentException(
          "'%s' is not an encoding, as UTF-8 or ISO-8859-1 are".formatted(text));
    }
    if (!endsLinesWithOneByte(Charset.forName(text))) {
      throw new IllegalArgumentException(
          "'%s' does not write ASCII as itself, and records are told apart by line ends of one byte. Supported are encodings that do, such as UTF-8, ISO-8859-1, windows-1252, Shift_JIS or GB18030; have the file converted, for example with iconv -f %s -t UTF-8"
              .formatted(text, text));
    }
    return text;
  }

  private static boolean endsLinesWithOneByte(Charset charset) {
    byte[] ascii = ASCII.getBytes(StandardCharsets.US_ASCII);
    return charset.canEncode() && Arrays.equals(ASCII.getBytes(charset), ascii);
  }
}

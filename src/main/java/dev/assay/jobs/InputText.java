package dev.assay.jobs;

import dev.assay.model.job.Input;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;

/** Files as a command line describes them, in the words of a job's input. */
public final class InputText {
  private InputText() {}

  /**
   * Reads a description.
   *
   * @param path a path, folder, glob or {@code s3://} address
   * @param csv keys and values as under {@code csv} in a job, such as {@code delimiter → ;}
   * @param columns as under {@code columns} in a job, such as {@code id: int, name: string}; empty
   *     if none are declared
   * @throws InvalidJobException if a key or value would not do in a job either
   */
  public static Input.Files read(
      String path, Input.Format format, Map<String, String> csv, String columns) {
    StringBuilder text = new StringBuilder("{files: " + quoted(path));
    if (!csv.isEmpty()) {
      text.append(
          csv.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
              .collect(Collectors.joining(", ", ", csv: {", "}")));
    }
    if (!columns.isBlank()) {
      text.append(", columns: {").append(columns).append('}');
    }
    Yaml yaml =
        Yaml.parse("the command line", text + "}", new Variables(Map.of(), LocalDate.EPOCH));
    return InputReader.files(yaml, format);
  }

  private static String value(String text) {
    return text.equals("true") || text.equals("false") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

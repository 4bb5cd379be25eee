package dev.assay.cli;

import dev.assay.erasure.Identity;
import dev.assay.keys.KeyRing;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person is known by, from the command line or a file. Messages do not repeat it. */
final class ForgetKeys {
  private ForgetKeys() {}

  /**
   * Reads them all.
   *
   * @param from a file with one a line, or {@code -} for standard input
   * @throws AssayException if there is none, or one of them is neither a key nor a token
   */
  static List<Identity> of(List<String> keys, List<String> tokens, @Nullable Path from) {
    List<Identity> identities = new ArrayList<>();
    keys.forEach(key -> identities.add(Identity.parse(key)));
    tokens.forEach(token -> identities.add(token(token)));
    if (from != null) {
      for (String line : lines(from)) {
        if (!line.isBlank()) {
          identities.add(
              KeyRing.isToken(line.strip()) ? token(line.strip()) : Identity.parse(line));
        }
      }
    }
    if (identities.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE,
          "Nobody was named. Give COLUMN=VALUE such as customer_id=4711, --token TOKEN, or --from FILE.");
    }
    return identities;
  }

  private static Identity token(String text) {
    if (!KeyRing.isToken(text)) {
      throw new AssayException(
          ExitKind.USAGE,
          "A value of --token is no token: it must begin with tok1_. A clear value goes as COLUMN=VALUE.");
    }
    return new Identity("", text);
  }

  private static List<String> lines(Path from) {
    try {
      String text =
          from.toString().equals("-")
              ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(from);
      return text.lines().toList();
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: cannot be read (%s). Expected a text file with COLUMN=VALUE or a token in each line."
              .formatted(from, e.getClass().getSimpleName()),
          e);
    }
  }
}

package dev.assay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Rules and queries that are measured, as files beside the classes. */
final class Resource {
  private Resource() {}

  static String text(String file) {
    try (InputStream in =
        Objects.requireNonNull(Resource.class.getResourceAsStream("/bench/" + file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

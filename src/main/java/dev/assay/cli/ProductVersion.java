package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of the product, as the build wrote it. */
public final class ProductVersion implements IVersionProvider {
  /** For example {@code 0.1.0-SNAPSHOT}. */
  static String current() {
    try (InputStream stream = ProductVersion.class.getResourceAsStream("/assay.version")) {
      return stream == null
          ? "unknown"
          : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version", e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Assay " + current()};
  }
}

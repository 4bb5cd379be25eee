package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The home folder that the demo leaves. It outlives the test that made it, so that others, also of
 * the build's long tests, need not wait for the demo again as long as what it is made of is the
 * same.
 */
final class DemoHome {
  private static final Path HOME = Path.of("target", "demo-home").toAbsolutePath();
  private static final Path MADE_OF = HOME.resolve("made-of");
  private static final List<Path> PARTS =
      List.of(
          Path.of("target", "classes"),
          Path.of("jobs", "demo"),
          Path.of("jobs", "contracts"),
          Path.of("rulesets"));

  private DemoHome() {}

  static Path folder() {
    return HOME;
  }

  /** Runs the demo into an empty folder. */
  static ForkedJvm.Ended make() throws IOException {
    FileUtils.deleteDirectory(HOME.toFile());
    ForkedJvm.Ended demo = assay("demo");
    if (demo.code() == 0) {
      Files.writeString(MADE_OF, parts());
    }
    return demo;
  }

  /** The folder as the demo leaves it; runs the demo if there is none of these classes and jobs. */
  static Path made() throws IOException {
    if (!Files.exists(MADE_OF) || !Files.readString(MADE_OF).equals(parts())) {
      ForkedJvm.Ended demo = make();
      assertThat(demo.code()).as(demo.output()).isZero();
    }
    return HOME;
  }

  /** A command with this home. */
  static ForkedJvm.Ended assay(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", HOME.toString()));
    return ForkedJvm.run(
        Path.of("").toAbsolutePath(),
        Map.of(
            "assay.log",
            HOME.resolve("log/assay.log").toString(),
            "log4j2.configurationFile",
            "assay-log4j2.xml"),
        Main.class,
        all.toArray(String[]::new));
  }

  private static String parts() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path part : PARTS) {
        try (Stream<Path> files = Files.walk(part)) {
          files.filter(Files::isRegularFile).sorted().forEach(file -> add(digest, file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, Path file) {
    try {
      digest.update(file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

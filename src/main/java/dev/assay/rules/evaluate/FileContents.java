package dev.assay.rules.evaluate;

import dev.assay.model.Outage;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is in files, as checksums. Each file is read once for an algorithm, and only if it has to
 * be: files of different sizes are different.
 */
final class FileContents {
  /** Reading a file failed; calling again may help. */
  static final class ReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    ReadException(String name, IOException cause) {
      super("cannot read " + name, cause);
      this.name = name;
    }

    String name() {
      return name;
    }
  }

  private final RawFiles files;
  private final Map<String, Map<SourceFile, String>> known = new HashMap<>();

  FileContents(RawFiles files) {
    this.files = files;
  }

  /** The checksum in small hexadecimal digits. */
  String checksum(SourceFile file, String algorithm) {
    return known
        .computeIfAbsent(algorithm, name -> new HashMap<>())
        .computeIfAbsent(file, one -> read(one, algorithm));
  }

  /** A text per file, equal exactly for files with the same content. */
  Map<SourceFile, String> identities(List<SourceFile> all) {
    Set<Long> shared =
        all.stream()
            .distinct()
            .collect(Collectors.groupingBy(SourceFile::size, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(size -> size.getValue() > 1 && size.getKey() > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return all.stream()
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                file ->
                    shared.contains(file.size())
                        ? file.size() + " " + checksum(file, "SHA-256")
                        : String.valueOf(file.size())));
  }

  /** Whether a file was read. */
  boolean wasRead(SourceFile file) {
    return known.values().stream().anyMatch(ofAlgorithm -> ofAlgorithm.containsKey(file));
  }

  private String read(SourceFile file, String algorithm) {
    try (InputStream stream = files.open(file);
        DigestInputStream digesting = new DigestInputStream(stream, digest(algorithm))) {
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (IOException e) {
      throw Outage.noAnswer(e)
          .<RuntimeException>map(outage -> outage)
          .orElseGet(() -> new ReadException(files.nameOf(file), e));
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}

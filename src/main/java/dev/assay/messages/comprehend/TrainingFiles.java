package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Labelled messages in the work folder, where the service reads them. */
final class TrainingFiles {
  private final String work;
  private final Configuration hadoop;

  /**
   * @param work a folder, {@code s3://bucket/folder}
   * @param hadoop how it is reached
   */
  TrainingFiles(String work, Configuration hadoop) {
    this.work = work;
    this.hadoop = hadoop;
  }

  /**
   * Uploads a file under its fingerprint; the same file again overwrites itself.
   *
   * @return its address
   * @throws AssayException if it cannot be written there
   */
  String upload(java.nio.file.Path csv, String fingerprint) {
    String address = "%s/training/%s.csv".formatted(work, fingerprint);
    Path to = new Path(address);
    try (InputStream from = Files.newInputStream(csv);
        OutputStream file = to.getFileSystem(hadoop).create(to, true)) {
      from.transferTo(file);
      return address;
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the labelled messages cannot be written (%s). Check 'comprehend: {work: …}' in the profile and the permissions on it, and run again."
              .formatted(address, e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * SHA-256 of a file, in hexadecimal digits.
   *
   * @throws AssayException if it cannot be read
   */
  static String fingerprint(java.nio.file.Path csv) {
    try (DigestInputStream file =
        new DigestInputStream(Files.newInputStream(csv), MessageDigest.getInstance("SHA-256"))) {
      file.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(file.getMessageDigest().digest());
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: the file cannot be read. Expected labelled messages, label,document.".formatted(csv),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

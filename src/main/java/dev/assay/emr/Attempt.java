package dev.assay.emr;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One run of a submission: the first, or one after the end of the one before was seen.
 *
 * <p>Its token is a hash of the address of its folder, so whoever submits the same job and data
 * date with the same profile, on whatever machine, has the same token until somebody has seen the
 * end. A service that knows tokens then starts one run only, although the answer to the first
 * request was lost, the process was killed before it had noted the run, or two people submit at the
 * same time.
 *
 * @param folder address of its folder, without a slash at its end
 * @param number from 1 on
 * @param started what was noted about its run; empty if it has none yet, as far as is known
 */
public record Attempt(String folder, int number, Optional<Started> started) {
  private static final int SHORT = 12;

  /**
   * A run that was started.
   *
   * @param id of the job run or cluster
   * @param arguments with which it runs
   */
  public record Started(String id, List<String> arguments) {
    public Started {
      arguments = List.copyOf(arguments);
    }
  }

  /** Where the driver writes its result. */
  public String result() {
    return folder + "/result.json";
  }

  /** 64 hexadecimal digits. */
  public String token() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(folder.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** A name that no other attempt has, for services that know no tokens. */
  public String name(Submission submission) {
    return "assay %s %s".formatted(submission.text(), token().substring(0, SHORT));
  }
}

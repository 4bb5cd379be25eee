package dev.assay.sending.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/** Telephone numbers as services take them. */
public final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("\\+?[1-9][0-9]{1,18}");
  private static final Pattern DECORATION = Pattern.compile("[\\s()./-]");

  private Numbers() {}

  /** The number without blanks and brackets; empty if it is none. */
  public static Optional<String> plain(String address) {
    String number = DECORATION.matcher(address).replaceAll("");
    return NUMBER.matcher(number).matches() ? Optional.of(number) : Optional.empty();
  }
}

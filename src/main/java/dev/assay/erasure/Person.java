package dev.assay.erasure;

import dev.assay.keys.KeyRing;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person is known by, and how it is recognised: in clear, as a token under any key that the
 * profile ever had, and within what is encrypted. Goes to executors with the keys, as jobs that
 * protect do.
 */
public final class Person implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What looking at something came to. */
  enum Look {
    /** It is not the person's. */
    NO,
    YES,
    /** It is encrypted and cannot be opened. */
    SEALED
  }

  private final ArrayList<Identity> identities;
  private final HashSet<String> tokens = new HashSet<>();
  private final @Nullable KeyRing ring;

  /**
   * @param ring opens what is encrypted and makes tokens; empty if the profile has no keys
   */
  public Person(List<Identity> identities, Optional<KeyRing> ring) {
    this.identities = new ArrayList<>(identities);
    this.ring = ring.orElse(null);
    for (Identity identity : identities) {
      if (identity.isToken()) {
        tokens.add(identity.value());
      } else {
        ring.ifPresent(keys -> tokens.addAll(keys.tokens(identity.value())));
      }
    }
  }

  /** Whether any of the identities is in columns of this name. */
  public boolean isKnownBy(String column) {
    return identities.stream().anyMatch(identity -> identity.isOf(column));
  }

  /** The names of columns that were given. */
  public List<String> columns() {
    return identities.stream()
        .filter(identity -> !identity.isToken())
        .map(Identity::column)
        .distinct()
        .toList();
  }

  /** Whether there are keys to open and make tokens with. */
  public boolean hasKeys() {
    return ring != null;
  }

  /** Whether there is anything to look for in columns of any name. */
  boolean hasTokens() {
    return !tokens.isEmpty();
  }

  /** Whether a column, by its name, holds the person in this value. */
  Look inColumn(String column, @Nullable String value, boolean number) {
    if (value == null) {
      return Look.NO;
    }
    if (tokens.contains(value)) {
      return Look.YES;
    }
    List<Identity> named = identities.stream().filter(each -> each.isOf(column)).toList();
    for (Identity identity : named) {
      if (number ? Numbers.equal(identity.value(), value) : identity.value().equals(value)) {
        return Look.YES;
      }
    }
    if (!KeyRing.isCiphertext(value) || (named.isEmpty() && !givenTokens())) {
      return Look.NO;
    }
    Optional<String> opened = open(value);
    if (opened.isEmpty()) {
      return Look.SEALED;
    }
    boolean same =
        named.stream().anyMatch(identity -> identity.value().equals(opened.get()))
            || isTokenised(opened.get());
    return same ? Look.YES : Look.NO;
  }

  /** Whether a value is a token of the person. */
  boolean isToken(@Nullable String value) {
    return value != null && tokens.contains(value);
  }

  /** Whether a record, as it stood in its file, mentions the person. */
  Look inRecord(@Nullable String text, @Nullable String sealed) {
    if (text != null && inText(text)) {
      return Look.YES;
    }
    if (sealed == null) {
      boolean hashOnly = text != null && text.startsWith("sha256:");
      return hashOnly ? Look.SEALED : Look.NO;
    }
    Optional<String> record = open(sealed);
    if (record.isEmpty()) {
      return Look.SEALED;
    }
    boolean mentioned =
        inText(record.get())
            || (givenTokens() && Words.values(record.get()).stream().anyMatch(this::isTokenised));
    return mentioned ? Look.YES : Look.NO;
  }

  /** Whether a text mentions the person as a whole word. */
  public boolean inText(String text) {
    return tokens.stream().anyMatch(text::contains)
        || identities.stream()
            .filter(identity -> !identity.isToken())
            .anyMatch(identity -> Words.mentions(text, identity.value()));
  }

  private boolean givenTokens() {
    return identities.stream().anyMatch(Identity::isToken);
  }

  /** Whether a clear value is behind a token that was given. */
  private boolean isTokenised(String value) {
    KeyRing keys = ring;
    return keys != null
        && identities.stream()
            .filter(Identity::isToken)
            .anyMatch(identity -> keys.isTokenOf(identity.value(), value));
  }

  private Optional<String> open(String ciphertext) {
    try {
      return ring == null ? Optional.empty() : Optional.of(ring.decrypt(ciphertext));
    } catch (IllegalArgumentException e) {
      // made with other keys
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Person" + identities;
  }
}

package dev.assay.rules.lint;

import java.util.Optional;

/**
 * What a rule says: a number, or the values of every row, lies within a set.
 *
 * @param subject what it speaks of; claims of equal subjects compare
 * @param possible what the subject can be at all
 * @param allowed what the rule lets pass
 * @param share the shares of rows that are enough; every row, if empty
 */
record Claim(String subject, Values possible, Values allowed, Optional<Values> share) {
  private static final Point WHOLE = Point.of(1);

  Values met() {
    return possible.and(allowed);
  }

  boolean neverPasses() {
    return met().isEmpty();
  }

  boolean neverFails() {
    return possible.within(allowed);
  }

  boolean comparesWith(Claim other) {
    return subject.equals(other.subject) && allowed.line() == other.allowed.line();
  }

  boolean contradicts(Claim other) {
    return comparesWith(other)
        && share.isEmpty()
        && other.share.isEmpty()
        && !neverPasses()
        && !other.neverPasses()
        && met().and(other.met()).isEmpty();
  }

  /** Whether the other claim holds wherever this one does. */
  boolean implies(Claim other) {
    return comparesWith(other)
        && share.isEmpty()
        && !neverPasses()
        && met().within(other.allowed)
        && other.share.map(shares -> shares.has(WHOLE)).orElse(true);
  }
}

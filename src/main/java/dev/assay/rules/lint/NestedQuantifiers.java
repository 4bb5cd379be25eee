package dev.assay.rules.lint;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds {@code (x+)+} and its kin: a group without bounds, one of whose alternatives is made of
 * repetitions alone. What stands between repetitions, as in {@code (x+,)*}, parts them.
 */
final class NestedQuantifiers {
  /** What is known of the alternative that is being read. */
  private static final class Alternative {
    private boolean varies;
    private boolean fixed;
    private boolean earlierVaries;

    void end() {
      earlierVaries |= varies && !fixed;
      varies = false;
      fixed = false;
    }
  }

  private enum Repeated {
    NO,
    OPTIONAL,
    VARYING,
    ENDLESS
  }

  private final String regex;
  private final Deque<Alternative> groups = new ArrayDeque<>();
  private int at;

  private NestedQuantifiers(String regex) {
    this.regex = regex;
  }

  static boolean in(String regex) {
    return new NestedQuantifiers(regex).found();
  }

  private boolean found() {
    groups.push(new Alternative());
    while (at < regex.length()) {
      char current = regex.charAt(at);
      if (current == '(') {
        at++;
        skipGroupHead();
        groups.push(new Alternative());
      } else if (current == '|') {
        at++;
        groups.element().end();
      } else if (current == ')' && groups.size() > 1) {
        at++;
        Alternative group = groups.pop();
        group.end();
        Repeated repeated = repetition();
        if (group.earlierVaries && repeated == Repeated.ENDLESS) {
          return true;
        }
        note(repeated == Repeated.NO && group.earlierVaries ? Repeated.VARYING : repeated);
      } else {
        skipAtom(current);
        note(repetition());
      }
    }
    return false;
  }

  private void note(Repeated repeated) {
    Alternative alternative = groups.element();
    alternative.varies |= repeated == Repeated.VARYING || repeated == Repeated.ENDLESS;
    alternative.fixed |= repeated == Repeated.NO;
  }

  private void skipGroupHead() {
    if (regex.startsWith("?<", at)
        && !regex.startsWith("?<=", at)
        && !regex.startsWith("?<!", at)) {
      int end = regex.indexOf('>', at);
      at = end < 0 ? regex.length() : end + 1;
    } else if (regex.startsWith("?", at)) {
      while (at < regex.length() && "?:=!<>idmsuxU-".indexOf(regex.charAt(at)) >= 0) {
        at++;
      }
    }
  }

  private void skipAtom(char first) {
    if (first == '\\') {
      boolean quote = regex.startsWith("\\Q", at);
      int end = quote ? regex.indexOf("\\E", at) : -1;
      boolean property = regex.startsWith("\\p{", at) || regex.startsWith("\\P{", at);
      if (quote) {
        at = end < 0 ? regex.length() : end + 2;
      } else if (property) {
        at = regex.indexOf('}', at) + 1;
      } else {
        at = Math.min(regex.length(), at + 2);
      }
    } else if (first == '[') {
      skipClass();
    } else {
      at++;
    }
  }

  private void skipClass() {
    int depth = 0;
    int start = at;
    do {
      char current = regex.charAt(at);
      boolean first = at == start + 1 || (at == start + 2 && regex.charAt(start + 1) == '^');
      if (current == '\\') {
        at++;
      } else if (current == '[') {
        depth++;
      } else if (current == ']' && !first) {
        depth--;
      }
      at++;
    } while (depth > 0 && at < regex.length());
    at = Math.min(at, regex.length());
  }

  /** The repetition that stands here; one that gives nothing back is none. */
  private Repeated repetition() {
    if (at >= regex.length()) {
      return Repeated.NO;
    }
    Repeated repeated =
        switch (regex.charAt(at)) {
          case '*', '+' -> Repeated.ENDLESS;
          case '?' -> Repeated.OPTIONAL;
          case '{' -> bounds();
          default -> null;
        };
    if (repeated == null) {
      return Repeated.NO;
    }
    at = regex.charAt(at) == '{' ? regex.indexOf('}', at) + 1 : at + 1;
    if (at < regex.length() && regex.charAt(at) == '+') {
      at++;
      return Repeated.NO;
    }
    if (at < regex.length() && regex.charAt(at) == '?') {
      at++;
    }
    return repeated;
  }

  private Repeated bounds() {
    String inside = regex.substring(at + 1, Math.max(at + 1, regex.indexOf('}', at)));
    if (inside.endsWith(",")) {
      return Repeated.ENDLESS;
    }
    return inside.contains(",") ? Repeated.VARYING : Repeated.NO;
  }
}

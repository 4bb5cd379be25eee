package dev.assay.messages.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links and e-mail addresses without what differs per recipient. Of a link its host stays, and of
 * its path what is words, {@code free-spins}, because they say something, marked by the word {@code
 * link}; a single word of a path may be a recipient's code, and goes. An address becomes the word
 * {@code address}.
 */
final class Links {
  private static final Pattern LINK =
      Pattern.compile(
          "(?:https?://|www\\.)(?<host>[^\\s/?#]{1,253})(?<path>[^\\s?#]*+)[^\\s]*+|\\b(?<bare>(?:[a-z0-9-]{1,63}\\.){1,4}[a-z]{2,10})(?<way>/[^\\s?#]*+)[^\\s]*+");

  /** Of a page, and of a sentence. */
  private static final Pattern ENDING = Pattern.compile("(?:\\.[a-z]{2,5})?[.,!;:)]*$");

  /** A longer path is nothing that people read. */
  private static final int LONGEST_PATH = 500;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-_]+");

  /** Digits stand for letters where they stand between some: {@code sp1ns}. */
  private static final Pattern WORD = Pattern.compile("(?=..)[a-z]+(?:[0-9][a-z]+)*");

  private static final Pattern NUMBER = Pattern.compile("[0-9]*");

  private static final Pattern ADDRESS =
      Pattern.compile("[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,4}");

  private Links() {}

  static String shortened(String text) {
    return links(text.indexOf('@') < 0 ? text : ADDRESS.matcher(text).replaceAll(" address "));
  }

  private static String links(String text) {
    // most messages have none, and looking for these costs less than the pattern
    if (text.indexOf('/') < 0 && !text.contains("www.")) {
      return text;
    }
    Matcher matcher = LINK.matcher(text);
    StringBuilder shortened = new StringBuilder(text.length());
    while (matcher.find()) {
      boolean full = matcher.group("host") != null;
      String host = matcher.group(full ? "host" : "bare");
      String words =
          host.replaceFirst("^www\\.", "").replaceAll("[.:@-]+", " ")
              + wordsOf(matcher.group(full ? "path" : "way"));
      matcher.appendReplacement(shortened, Matcher.quoteReplacement(" link " + words + " "));
    }
    return matcher.appendTail(shortened).toString();
  }

  /** Of the parts of a path that are two words or more, with numbers or without, the words. */
  private static String wordsOf(String path) {
    boolean anyWords = path.indexOf('-') >= 0 || path.indexOf('_') >= 0;
    if (!anyWords || path.length() > LONGEST_PATH) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    for (String part : ENDING.matcher(path).replaceFirst("").split("/")) {
      List<String> words = new ArrayList<>();
      boolean wordsOnly = true;
      for (String word : BETWEEN_WORDS.split(part)) {
        if (WORD.matcher(word).matches()) {
          words.add(word);
        } else {
          wordsOnly &= NUMBER.matcher(word).matches();
        }
      }
      if (wordsOnly && words.size() > 1) {
        all.append(' ').append(String.join(" ", words));
      }
    }
    return all.toString();
  }
}

package dev.assay.messages.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links and e-mail addresses without what differs per recipient. Of a link the host stays, in
 * words, because it says something, marked by the word {@code link}; an address becomes the word
 * {@code address}.
 */
final class Links {
  private static final Pattern LINK =
      Pattern.compile(
          "(?:https?://|www\\.)(?<host>[^\\s/?#]{1,253})[^\\s]*+|\\b(?<bare>(?:[a-z0-9-]{1,63}\\.){1,4}[a-z]{2,10})/[^\\s]*+");

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
      String host = matcher.group("host") == null ? matcher.group("bare") : matcher.group("host");
      String words = host.replaceFirst("^www\\.", "").replaceAll("[.:@-]+", " ");
      matcher.appendReplacement(shortened, Matcher.quoteReplacement(" link " + words + " "));
    }
    return matcher.appendTail(shortened).toString();
  }
}

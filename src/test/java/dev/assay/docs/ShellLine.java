package dev.assay.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a block has the shell do, as far as it calls {@code ./assay}.
 *
 * @param number of the line in its page, first is 1
 * @param text the line, with those that continue it
 */
record ShellLine(int number, String text) {
  private static final Pattern HERE = Pattern.compile("<<-?\\s*['\"]?(\\w+)['\"]?");
  private static final Pattern EXIT = Pattern.compile("#.*\\bexit code (\\d)\\b");

  /** The lines of a block; what a here-document holds belongs to the line that begins it. */
  static List<ShellLine> of(Pages.Block block) {
    List<ShellLine> lines = new ArrayList<>();
    for (int index = 0; index < block.lines().size(); index++) {
      int number = block.line() + index;
      StringBuilder text = new StringBuilder(block.lines().get(index).replaceFirst("^\\$ ", ""));
      while (text.toString().endsWith("\\") && index + 1 < block.lines().size()) {
        text.setLength(text.length() - 1);
        text.append(block.lines().get(++index).strip());
      }
      while (scan(text.toString(), new ArrayList<>()) && index + 1 < block.lines().size()) {
        text.append("\n").append(block.lines().get(++index));
      }
      Matcher here = HERE.matcher(text);
      if (here.find()) {
        String last = here.group(1);
        do {
          text.append("\n").append(block.lines().get(++index));
        } while (!block.lines().get(index).equals(last));
      }
      lines.add(new ShellLine(number, text.toString()));
    }
    return lines;
  }

  /** The arguments of {@code ./assay}, if the line calls it. */
  Optional<List<String>> arguments() {
    List<String> words = words();
    int index = 0;
    while (index < words.size() && words.get(index).matches("[A-Z_]+=.*")) {
      index++;
    }
    return index < words.size() && words.get(index).equals("./assay")
        ? Optional.of(words.subList(index + 1, words.size()))
        : Optional.empty();
  }

  /** The exit code that a comment promises; 0 without one. */
  int exitCode() {
    Matcher promised = EXIT.matcher(text);
    return promised.find() ? Integer.parseInt(promised.group(1)) : 0;
  }

  /** The words up to a comment, a pipe, or whatever else ends a command. */
  private List<String> words() {
    List<String> words = new ArrayList<>();
    scan(text, words);
    return words;
  }

  /**
   * Adds the words of the first command of a text.
   *
   * @return whether the text ends within quotes
   */
  private static boolean scan(String text, List<String> words) {
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    boolean ended = false;
    char quote = 0;
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      if (quote != 0) {
        if (letter == quote) {
          quote = 0;
        } else {
          word.append(letter);
        }
      } else if (letter == '\'' || letter == '"') {
        quote = letter;
        begun = true;
      } else if (letter == '#' && !begun) {
        break;
      } else if (Character.isWhitespace(letter) || "|;&>".indexOf(letter) >= 0) {
        if (begun && !ended) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
        ended |= !Character.isWhitespace(letter);
      } else {
        word.append(letter);
        begun = true;
      }
    }
    if (begun && !ended) {
      words.add(word.toString());
    }
    return quote != 0;
  }
}

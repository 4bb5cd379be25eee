package dev.assay.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read, and the fenced blocks in them. */
final class Pages {
  private static final Pattern FENCE = Pattern.compile("^\\s*```(\\S*).*$");
  private static final Pattern MARK =
      Pattern.compile("^\\s*<!--\\s*([a-z ]+?)(?::\\s*(.*?))?\\s*-->\\s*$");

  /**
   * A fenced block.
   *
   * @param line of its first line of content, first is 1
   * @param marks comments right above it, by what stands before their colon
   */
  record Block(
      Path page, int line, String language, List<String> lines, Map<String, String> marks) {
    /** Whether it is typed into a shell. */
    boolean isShell() {
      return List.of("", "console", "bash", "sh").contains(language);
    }

    String at() {
      return page + ":" + line;
    }

    String text() {
      return String.join("\n", lines) + "\n";
    }
  }

  private Pages() {}

  /** README.md and all below docs but what is made from the product. */
  static List<Path> all() {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
      docs.filter(page -> page.toString().endsWith(".md"))
          .filter(page -> !page.startsWith("docs/reference"))
          .sorted()
          .forEach(pages::add);
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of a page, in their order. */
  static List<Block> blocks(Path page) {
    List<Block> blocks = new ArrayList<>();
    Map<String, String> marks = new LinkedHashMap<>();
    List<String> lines = lines(page);
    for (int index = 0; index < lines.size(); index++) {
      Matcher fence = FENCE.matcher(lines.get(index));
      Matcher mark = MARK.matcher(lines.get(index));
      if (fence.matches()) {
        int begin = index + 1;
        index = end(lines, begin);
        blocks.add(
            new Block(
                page,
                begin + 1,
                fence.group(1),
                List.copyOf(lines.subList(begin, index)),
                Map.copyOf(marks)));
        marks.clear();
      } else if (mark.matches()) {
        marks.put(mark.group(1), mark.group(2) == null ? "" : mark.group(2));
      } else if (!lines.get(index).isBlank()) {
        marks.clear();
      }
    }
    return blocks;
  }

  static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int end(List<String> lines, int begin) {
    int index = begin;
    while (index < lines.size() && !FENCE.matcher(lines.get(index)).matches()) {
      index++;
    }
    return index;
  }
}

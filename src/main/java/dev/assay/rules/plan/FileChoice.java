package dev.assay.rules.plan;

import dev.assay.model.SourceFile;
import dev.assay.rules.parse.FileTag;
import dev.assay.rules.parse.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which files a rule is about.
 *
 * @param path a file, folder, glob or {@code s3://} address; empty for the files that the data were
 *     read from
 * @param filters what leaves files out, in the order in which it is applied
 */
public record FileChoice(Optional<String> path, List<Filter> filters) {
  private static final Comparator<SourceFile> NEWEST_FIRST =
      Comparator.comparingLong(SourceFile::modified).reversed().thenComparing(SourceFile::path);

  public FileChoice {
    filters = List.copyOf(filters);
  }

  /** The files of the rule's path with this index, or those that the data were read from. */
  static FileChoice of(Rule rule, int index) {
    List<String> order =
        rule.tags()
            .getOrDefault(
                FileTag.filterOrder.name(),
                List.of(FileTag.recentFiles.name(), FileTag.uriRegex.name()));
    // the order may name one of two filters; the other one comes after it
    List<Filter> filters =
        Map.<FileTag, java.util.function.Function<String, Filter>>of(
                FileTag.recentFiles,
                text -> new Recent(Integer.parseInt(text)),
                FileTag.uriRegex,
                Matching::new)
            .entrySet()
            .stream()
            .filter(filter -> rule.tags().containsKey(filter.getKey().name()))
            .sorted(Comparator.comparingInt(filter -> place(order, filter.getKey())))
            .map(filter -> filter.getValue().apply(value(rule, filter.getKey())))
            .toList();
    return new FileChoice(
        index < rule.parameters().size()
            ? Optional.of(rule.parameters().get(index))
            : Optional.empty(),
        filters);
  }

  private static int place(List<String> order, FileTag tag) {
    int place = order.indexOf(tag.name());
    return place < 0 ? order.size() : place;
  }

  private static String value(Rule rule, FileTag tag) {
    return rule.tags().getOrDefault(tag.name(), List.of()).get(0);
  }

  /** The chosen ones of these files. */
  public List<SourceFile> from(List<SourceFile> files) {
    List<SourceFile> chosen = files;
    for (Filter filter : filters) {
      chosen = filter.of(chosen);
    }
    return chosen;
  }

  /** In words, for metrics; like a rule's text. */
  String text() {
    StringBuilder text = new StringBuilder(path.orElse("the files read"));
    filters.forEach(filter -> text.append(' ').append(filter));
    return text.toString();
  }

  /** Leaves files out. */
  public sealed interface Filter {
    List<SourceFile> of(List<SourceFile> files);
  }

  /** The files modified last. */
  record Recent(int files) implements Filter {
    @Override
    public List<SourceFile> of(List<SourceFile> all) {
      return all.stream().sorted(NEWEST_FIRST).limit(files).sorted().toList();
    }
  }

  /** The files whose path matches. */
  record Matching(String regex) implements Filter {
    /**
     * The reference's examples look for {@code \.csv$} anywhere in the path, and hold {@code
     * (?!.*\.tmp$).*} to the whole of it: looked for anywhere, that would be found in any path.
     */
    @Override
    public List<SourceFile> of(List<SourceFile> all) {
      Pattern pattern = Pattern.compile(regex);
      boolean whole = regex.startsWith("(?!");
      return all.stream()
          .filter(
              file ->
                  whole
                      ? pattern.matcher(file.path()).matches()
                      : pattern.matcher(file.path()).find())
          .toList();
    }
  }
}

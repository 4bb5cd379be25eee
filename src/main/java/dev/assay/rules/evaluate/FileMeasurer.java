package dev.assay.rules.evaluate;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.SourceFile;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.plan.FileChoice;
import dev.assay.rules.plan.FileQuestion;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers what is asked of files. Equal choices are listed once, and files read once. */
final class FileMeasurer {
  private static final int MOST_NAMES = 3;

  private final RawFiles files;
  private final FileContents contents;
  private final Map<FileChoice, RawFiles.Listing> listed = new HashMap<>();

  FileMeasurer(RawFiles files) {
    this.files = files;
    this.contents = new FileContents(files);
  }

  Measured measure(Measure.OfFiles measure) {
    long start = System.nanoTime();
    FileQuestion question = measure.question();
    try {
      for (FileChoice choice : choices(question)) {
        Optional<Measured> missing = missing(choice);
        if (missing.isPresent()) {
          return missing.get();
        }
      }
      return answer(question, (System.nanoTime() - start) / 1_000_000);
    } catch (AssayException e) {
      if (e.kind() == ExitKind.OUTSIDE_UNAVAILABLE) {
        // not the files' fault: a run held for it would stay held after storage is back
        throw e;
      }
      return new Measured.None(UnansweredReason.ERROR, String.valueOf(e.getMessage()));
    } catch (FileContents.ReadException e) {
      return new Measured.None(
          UnansweredReason.ERROR,
          "%s cannot be read. Check that it is still there and that you may read it."
              .formatted(e.name()));
    }
  }

  private static List<FileChoice> choices(FileQuestion question) {
    return question instanceof FileQuestion.Alike alike
        ? List.of(alike.files(), alike.others())
        : List.of(question.files());
  }

  private Optional<Measured> missing(FileChoice choice) {
    RawFiles.Listing listing = list(choice);
    if (listing.unknown().isPresent()) {
      return Optional.of(
          new Measured.None(UnansweredReason.MISSING_FILES, listing.unknown().get()));
    }
    if (listing.files().isEmpty()) {
      String where = choice.path().orElse("The run");
      return Optional.of(
          new Measured.None(
              UnansweredReason.MISSING_FILES,
              choice.path().isEmpty()
                  ? "%s read no file.".formatted(where)
                  : "There is no file at %s. Check the path and the access to it."
                      .formatted(where)));
    }
    return choice.from(listing.files()).isEmpty()
        ? Optional.of(
            new Measured.None(
                UnansweredReason.MISSING_FILES,
                "None of %s files matches uriRegex; filterOrder says whether it comes before recentFiles."
                    .formatted(listing.files().size())))
        : Optional.empty();
  }

  private RawFiles.Listing list(FileChoice choice) {
    return listed.computeIfAbsent(
        new FileChoice(choice.path(), List.of()), plain -> files.list(plain.path()));
  }

  private List<SourceFile> chosen(FileChoice choice) {
    return choice.from(list(choice).files());
  }

  private Measured answer(FileQuestion question, long listingMillis) {
    if (question instanceof FileQuestion.Alike alike) {
      return alike(alike);
    }
    List<SourceFile> all = chosen(question.files());
    if (question instanceof FileQuestion.Freshness fresh) {
      return meeting(
          "FileFreshness.Compliance", all, file -> fresh.met(file.modified()), listingMillis);
    }
    if (question instanceof FileQuestion.Size size) {
      Measured.Files found =
          meeting("FileSize.Compliance", all, file -> size.met(file.size()), listingMillis);
      LongSummaryStatistics sizes = all.stream().mapToLong(SourceFile::size).summaryStatistics();
      Map<String, Double> numbers = new LinkedHashMap<>(found.numbers());
      numbers.put("MinimumFileSize", (double) sizes.getMin());
      numbers.put("MaximumFileSize", (double) sizes.getMax());
      String observed =
          String.format(
              Locale.ROOT,
              "%s; %,d to %,d bytes",
              found.observed(),
              sizes.getMin(),
              sizes.getMax());
      return new Measured.Files(found.share(), numbers, observed, found.trace());
    }
    if (question instanceof FileQuestion.Checksum checksum) {
      return checksums(checksum, all);
    }
    return unique((FileQuestion.Uniqueness) question, all);
  }

  private Measured.Files meeting(
      String metric, List<SourceFile> all, java.util.function.Predicate<SourceFile> met, long ms) {
    List<SourceFile> others = all.stream().filter(file -> !met.test(file)).toList();
    return files(
        all, others, "meet it", Optional.of(metric), new Trace(all.size(), 0, 0, 0, 0, ms));
  }

  private Measured checksums(FileQuestion.Checksum asked, List<SourceFile> all) {
    long start = System.nanoTime();
    Set<String> repeated = asked.names() ? repeatedNames(all) : Set.of();
    List<SourceFile> others =
        all.stream()
            .filter(
                file ->
                    asked.checksums().contains(contents.checksum(file, asked.algorithm()))
                            == asked.negated()
                        || repeated.contains(name(file)))
            .toList();
    return files(all, others, "match", Optional.empty(), read(all, start));
  }

  /** As often as a content occurs on one side, it must on the other. */
  private Measured alike(FileQuestion.Alike asked) {
    long start = System.nanoTime();
    List<SourceFile> here = chosen(asked.files());
    List<SourceFile> there = chosen(asked.others());
    List<SourceFile> both = Stream.concat(here.stream(), there.stream()).toList();
    Map<SourceFile, String> contentOf = contents.identities(both);
    Function<SourceFile, String> key =
        file -> (asked.names() ? name(file) : "") + "\n" + contentOf.get(file);
    List<SourceFile> others = new ArrayList<>(without(here, there, key));
    others.addAll(without(there, here, key));
    return files(both, others, "have an equal one", Optional.empty(), read(both, start));
  }

  private static List<SourceFile> without(
      List<SourceFile> some, List<SourceFile> others, Function<SourceFile, String> key) {
    Map<String, Long> left =
        new HashMap<>(others.stream().collect(Collectors.groupingBy(key, Collectors.counting())));
    List<SourceFile> without = new ArrayList<>();
    for (SourceFile file : some) {
      if (left.merge(key.apply(file), -1L, Long::sum) < 0) {
        without.add(file);
      }
    }
    return without;
  }

  private Measured unique(FileQuestion.Uniqueness asked, List<SourceFile> all) {
    long start = System.nanoTime();
    Map<SourceFile, String> contentOf = contents.identities(all);
    Map<String, Long> times =
        contentOf.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Set<String> repeated = asked.names() ? repeatedNames(all) : Set.of();
    List<SourceFile> others =
        all.stream()
            .filter(
                file ->
                    times.getOrDefault(contentOf.get(file), 0L) > 1
                        || repeated.contains(name(file)))
            .toList();
    return files(all, others, "are unique", Optional.of("FileUniquenessRatio"), read(all, start));
  }

  private static Set<String> repeatedNames(List<SourceFile> all) {
    Set<String> seen = new HashSet<>();
    return all.stream()
        .map(FileMeasurer::name)
        .filter(name -> !seen.add(name))
        .collect(Collectors.toSet());
  }

  private static String name(SourceFile file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  private Trace read(List<SourceFile> all, long start) {
    List<SourceFile> read = all.stream().distinct().filter(contents::wasRead).toList();
    return new Trace(
        (int) all.stream().distinct().count() - read.size(),
        0,
        read.size(),
        0,
        read.stream().mapToLong(SourceFile::size).sum(),
        (System.nanoTime() - start) / 1_000_000);
  }

  private Measured.Files files(
      List<SourceFile> all,
      List<SourceFile> others,
      String what,
      Optional<String> metric,
      Trace trace) {
    double share = (double) (all.size() - others.size()) / all.size();
    Map<String, Double> numbers = new LinkedHashMap<>();
    metric.ifPresent(name -> numbers.put(name, share));
    numbers.put("FileCount", (double) all.size());
    return new Measured.Files(share, numbers, observed(all, others, what), trace);
  }

  private String observed(List<SourceFile> all, List<SourceFile> others, String what) {
    if (others.isEmpty()) {
      return all.size() == 1 ? "1 file" : String.format(Locale.ROOT, "all %,d files", all.size());
    }
    String names =
        others.stream().limit(MOST_NAMES).map(files::nameOf).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d of %,d files %s, not %s%s",
        all.size() - others.size(),
        all.size(),
        what,
        names,
        others.size() > MOST_NAMES ? ", …" : "");
  }
}

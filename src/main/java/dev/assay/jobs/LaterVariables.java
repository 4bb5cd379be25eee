package dev.assay.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is to be said about variables of a pipeline that have no value yet: each once. */
final class LaterVariables {
  private final Path folder;
  private final Map<String, String> remarks = new TreeMap<>();
  private final List<String> unchecked = new ArrayList<>();

  LaterVariables(Path folder) {
    this.folder = folder;
  }

  void add(Variables variables) {
    variables
        .later()
        .forEach(
            (name, place) ->
                remarks.putIfAbsent(
                    name,
                    "%s: ${%s} has no value here (%s) and is taken as given later: a run needs --var %s=VALUE.%s"
                        .formatted(
                            folder,
                            name,
                            place,
                            name,
                            variables.meant(name).map(" "::concat).orElse(""))));
  }

  void add(GivenLaterException unknown) {
    unchecked.add(unknown.getMessage());
  }

  List<String> remarks() {
    List<String> all = new ArrayList<>(remarks.values());
    all.addAll(unchecked);
    return all;
  }
}

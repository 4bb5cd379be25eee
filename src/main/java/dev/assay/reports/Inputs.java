package dev.assay.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run read, in few words. */
final class Inputs {
  private Inputs() {}

  /** Tables by name; files by their folder's name and how many they are. */
  static List<String> brief(List<String> identities) {
    Map<String, Integer> files = new LinkedHashMap<>();
    List<String> brief = new ArrayList<>();
    for (String identity : identities) {
      if (identity.contains("|")) {
        files.merge(place(identity.substring(0, identity.indexOf('|'))), 1, Integer::sum);
      } else {
        brief.add(identity.replaceFirst("@.*", ""));
      }
    }
    files.forEach(
        (place, count) -> brief.add(count == 1 ? place : place + " · " + count + " files"));
    return brief;
  }

  private static String place(String path) {
    if (path.startsWith("file#")) {
      return "files";
    }
    String[] parts = path.split("/");
    return parts.length < 2
        ? path
        : parts[parts.length - 2] + "/" + parts[parts.length - 1].replaceFirst("^part-.*", "");
  }
}

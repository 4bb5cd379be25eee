package dev.assay.cli;

import dev.assay.model.RunRecord;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Announcements;
import dev.assay.publishing.files.FileDestination;
import dev.assay.reports.HtmlReport.Link;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What was told of a run as files, as links from a report. */
final class AnnouncedFiles implements Function<RunRecord, List<Link>> {
  private final Optional<Path> folder;
  private final Path beside;
  private final Announcements announcements;

  AnnouncedFiles(Common common, Path report) {
    this.folder = common.profile().publishing().files().map(Path::toAbsolutePath);
    this.beside = report.toAbsolutePath().resolveSibling("");
    this.announcements = Outboxes.announcements(common);
  }

  @Override
  public List<Link> apply(RunRecord run) {
    return folder.isEmpty()
        ? List.of()
        : announcements.of(run).stream()
            .flatMap(announcement -> link(announcement, folder.get()).stream())
            .toList();
  }

  private Optional<Link> link(Announcement announcement, Path announced) {
    Path file = FileDestination.file(announced, announcement);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String href = beside.relativize(file).toString();
    return Optional.of(new Link(label(announcement.kind()), href));
  }

  private static String label(Announcement.Kind kind) {
    return switch (kind) {
      case STARTED -> "lineage: start";
      case COMPLETED -> "lineage: complete";
      case FAILED -> "lineage: fail";
      case SCORE -> "score for DataZone";
      case HELD, NOTICE, PARKED -> "notice";
    };
  }
}

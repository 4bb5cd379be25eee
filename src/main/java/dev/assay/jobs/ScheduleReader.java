package dev.assay.jobs;

import dev.assay.model.job.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads when pipelines are due, and nothing else of them: a broken job does not stand in its way.
 */
public final class ScheduleReader {
  private ScheduleReader() {}

  /**
   * The schedules of the pipelines in a folder, by pipeline; those without one are left out. A
   * folder that is not there has none.
   *
   * @param folder such as {@code jobs}
   * @throws InvalidJobException if a {@code pipeline.yaml} cannot be used as written
   */
  public static Map<String, Schedule> ofPipelines(Path folder) {
    Map<String, Schedule> schedules = new TreeMap<>();
    for (Path file : pipelineFiles(folder)) {
      Yaml yaml = JobFiles.read(file, new Variables(Map.of(), LocalDate.EPOCH), null);
      String name = yaml.require("name").text();
      JobFiles.schedule(yaml, JobFiles.zone(yaml))
          .ifPresent(schedule -> schedules.put(name, schedule));
    }
    return schedules;
  }

  private static List<Path> pipelineFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(each -> each.resolve("pipeline.yaml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}

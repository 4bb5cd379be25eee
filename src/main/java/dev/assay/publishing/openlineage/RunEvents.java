package dev.assay.publishing.openlineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.lineage.InputDataset;
import dev.assay.model.lineage.RunLineage;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.LineageEvents;
import io.openlineage.client.OpenLineage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Run events after the OpenLineage specification 2-0-2. The output is the table on main with the
 * snapshot that was published; a held run has no output, and its rules as assertions about the
 * table that was not made.
 */
public final class RunEvents implements LineageEvents {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private final OpenLineage types;
  private final String namespace;
  private final DatasetNames names;
  private final Facets facets;

  /**
   * @param producer names the program and its version, as a URI
   * @param namespace of the jobs
   */
  public RunEvents(URI producer, String namespace, DatasetNames names) {
    this.types = new OpenLineage(producer);
    this.namespace = namespace;
    this.names = names;
    this.facets = new Facets(types, names);
  }

  @Override
  public String json(Announcement announcement, RunLineage lineage, List<RuleOutcome> outcomes) {
    RunRecord run = announcement.run();
    OpenLineage.RunEventBuilder event =
        types
            .newRunEventBuilder()
            .run(types.newRun(runId(run), facets.ofRun(run, announcement.kind())))
            .job(types.newJob(namespace, run.pipeline() + "." + run.job(), facets.ofJob()))
            .inputs(inputs(announcement, lineage, outcomes));
    switch (announcement.kind()) {
      case STARTED ->
          event.eventType(OpenLineage.RunEvent.EventType.START).eventTime(at(run.startedAt()));
      case COMPLETED ->
          event
              .eventType(OpenLineage.RunEvent.EventType.COMPLETE)
              .eventTime(at(run.stateAt()))
              .outputs(List.of(output(run, lineage)));
      default -> event.eventType(OpenLineage.RunEvent.EventType.FAIL).eventTime(at(run.stateAt()));
    }
    try {
      return JSON.writeValueAsString(event.build());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a lineage event", e);
    }
  }

  /** A run's id is a UUID already; should one not be, its own bytes make one. */
  private static UUID runId(RunRecord run) {
    try {
      return UUID.fromString(run.runId());
    } catch (IllegalArgumentException e) {
      return UUID.nameUUIDFromBytes(run.runId().getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<OpenLineage.InputDataset> inputs(
      Announcement announcement, RunLineage lineage, List<RuleOutcome> outcomes) {
    List<OpenLineage.InputDataset> inputs = new ArrayList<>();
    for (InputDataset input : lineage.inputs()) {
      DatasetName name = facets.name(input);
      inputs.add(
          types.newInputDataset(name.namespace(), name.name(), facets.of(input, name), null));
    }
    if (announcement.kind() == Announcement.Kind.FAILED) {
      DatasetName name = names.table(announcement.table());
      inputs.add(
          types.newInputDataset(
              name.namespace(),
              name.name(),
              facets.of(name),
              types
                  .newInputDatasetInputFacetsBuilder()
                  .dataQualityAssertions(facets.assertions(outcomes))
                  .build()));
    }
    return inputs;
  }

  private OpenLineage.OutputDataset output(RunRecord run, RunLineage lineage) {
    DatasetName name = names.table(run.table());
    return types.newOutputDataset(
        name.namespace(),
        name.name(),
        facets.ofOutput(run, lineage, name),
        types
            .newOutputDatasetOutputFacetsBuilder()
            .outputStatistics(
                types.newOutputStatisticsOutputDatasetFacet(run.counts().written(), null, null))
            .build());
  }

  static ZonedDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneOffset.UTC);
  }
}

package dev.assay.publishing.openlineage;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.InputDataset;
import dev.assay.model.lineage.RunLineage;
import dev.assay.publishing.Announcement;
import io.openlineage.client.OpenLineage;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The facets of events: what is said about runs, jobs and datasets. */
final class Facets {
  private final OpenLineage types;
  private final DatasetNames names;

  Facets(OpenLineage types, DatasetNames names) {
    this.types = types;
    this.names = names;
  }

  DatasetName name(InputDataset input) {
    return input.table().map(names::table).orElseGet(() -> names.files(input.location()));
  }

  OpenLineage.RunFacets ofRun(RunRecord run, Announcement.Kind kind) {
    ZonedDateTime date = run.dataDate().atStartOfDay(ZoneOffset.UTC);
    OpenLineage.RunFacetsBuilder facets =
        types
            .newRunFacetsBuilder()
            .nominalTime(types.newNominalTimeRunFacet(date, date.plusDays(1)))
            .processing_engine(
                types.newProcessingEngineRunFacet(run.productVersion(), "assay", null));
    if (kind == Announcement.Kind.FAILED) {
      facets.errorMessage(
          types.newErrorMessageRunFacet(
              "The gate holds it: " + String.join("; ", run.gateReasons()), "DQDL", null));
    }
    return facets.build();
  }

  OpenLineage.JobFacets ofJob() {
    return types
        .newJobFacetsBuilder()
        .jobType(types.newJobTypeJobFacet("BATCH", "ASSAY", "JOB", null))
        .build();
  }

  OpenLineage.DatasetFacets of(InputDataset input, DatasetName name) {
    OpenLineage.DatasetFacetsBuilder facets = symlinks(name);
    input
        .snapshot()
        .ifPresent(
            snapshot -> facets.version(types.newDatasetVersionDatasetFacet(snapshot.toString())));
    return facets.build();
  }

  OpenLineage.DatasetFacets of(DatasetName name) {
    return symlinks(name).build();
  }

  OpenLineage.DatasetFacets ofOutput(RunRecord run, RunLineage lineage, DatasetName name) {
    List<OpenLineage.SchemaDatasetFacetFields> fields = new ArrayList<>();
    lineage
        .types()
        .forEach(
            (column, type) ->
                fields.add(
                    types.newSchemaDatasetFacetFields(
                        column, type, null, fields.size() + 1L, null)));
    return symlinks(name)
        .version(types.newDatasetVersionDatasetFacet(Long.toString(run.snapshot())))
        .schema(types.newSchemaDatasetFacet(fields))
        .columnLineage(columns(lineage))
        .build();
  }

  private OpenLineage.DatasetFacetsBuilder symlinks(DatasetName name) {
    OpenLineage.DatasetFacetsBuilder facets = types.newDatasetFacetsBuilder();
    name.symlink()
        .ifPresent(
            other ->
                facets.symlinks(
                    types.newSymlinksDatasetFacet(
                        List.of(
                            types.newSymlinksDatasetFacetIdentifiers(
                                other.namespace(), other.name(), "TABLE")))));
    return facets;
  }

  private OpenLineage.ColumnLineageDatasetFacet columns(RunLineage lineage) {
    Map<String, DatasetName> inputs = new LinkedHashMap<>();
    lineage.inputs().forEach(input -> inputs.put(input.alias(), name(input)));
    OpenLineage.ColumnLineageDatasetFacetFieldsBuilder fields =
        types.newColumnLineageDatasetFacetFieldsBuilder();
    lineage
        .columns()
        .columns()
        .forEach(
            (column, sources) ->
                fields.put(
                    column,
                    types.newColumnLineageDatasetFacetFieldsAdditional(
                        sources(sources, inputs), null, null)));
    return types.newColumnLineageDatasetFacet(
        fields.build(), sources(lineage.columns().rows(), inputs));
  }

  /** One field per column that was read, with all that it is for the result. */
  private List<OpenLineage.InputField> sources(
      Collection<ColumnSource> sources, Map<String, DatasetName> inputs) {
    Map<List<String>, List<OpenLineage.InputFieldTransformations>> byField = new LinkedHashMap<>();
    for (ColumnSource source : sources) {
      byField
          .computeIfAbsent(List.of(source.input(), source.field()), field -> new ArrayList<>())
          .add(
              types.newInputFieldTransformations(
                  source.relation().direct() ? "DIRECT" : "INDIRECT",
                  source.relation().name(),
                  "",
                  source.masked()));
    }
    List<OpenLineage.InputField> fields = new ArrayList<>();
    byField.forEach(
        (field, transformations) -> {
          DatasetName input = Objects.requireNonNull(inputs.get(field.get(0)));
          fields.add(
              types.newInputField(input.namespace(), input.name(), field.get(1), transformations));
        });
    return fields;
  }

  /** Rules without an answer assert nothing. A rule's text is what it says, never a value. */
  OpenLineage.DataQualityAssertionsDatasetFacet assertions(List<RuleOutcome> outcomes) {
    List<OpenLineage.DataQualityAssertionsDatasetFacetAssertions> assertions = new ArrayList<>();
    for (RuleOutcome outcome : outcomes) {
      if (!outcome.unanswered()) {
        assertions.add(
            types
                .newDataQualityAssertionsDatasetFacetAssertionsBuilder()
                .assertion(outcome.rule())
                .success(outcome.passed())
                .column(outcome.columns().size() == 1 ? outcome.columns().get(0) : null)
                .build());
      }
    }
    return types.newDataQualityAssertionsDatasetFacetBuilder().assertions(assertions).build();
  }
}

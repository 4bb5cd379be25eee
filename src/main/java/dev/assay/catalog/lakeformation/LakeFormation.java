package dev.assay.catalog.lakeformation;

import dev.assay.aws.AwsFailures;
import dev.assay.aws.Clients;
import dev.assay.catalog.TableFacts;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.AwsPlace;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.Registering;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lakeformation.LakeFormationClient;
import software.amazon.awssdk.services.lakeformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.lakeformation.model.DataCellsFilter;
import software.amazon.awssdk.services.lakeformation.model.EntityNotFoundException;
import software.amazon.awssdk.services.lakeformation.model.GetLfTagResponse;
import software.amazon.awssdk.services.lakeformation.model.LFTagError;
import software.amazon.awssdk.services.lakeformation.model.LFTagPair;
import software.amazon.awssdk.services.lakeformation.model.Resource;

/**
 * What Lake Formation knows of a table: where it lies, the tags that grants go by, and the filters
 * of its packages for those who grant without DataZone. All of it may be repeated.
 */
public final class LakeFormation {
  private final LakeFormationClient client;
  private final GlueAccount account;
  private final Registering.LakeFormation settings;

  private LakeFormation(
      LakeFormationClient client, GlueAccount account, Registering.LakeFormation settings) {
    this.client = client;
    this.account = account;
    this.settings = settings;
  }

  /** Opens the service in the region of the catalog, with the credentials of the environment. */
  public static LakeFormation open(GlueAccount account, Registering.LakeFormation settings) {
    AwsPlace place =
        new AwsPlace(
            Optional.of(account.region()), settings.endpoint(), Optional.empty(), Optional.empty());
    return new LakeFormation(Clients.open(LakeFormationClient.builder(), place), account, settings);
  }

  /** Registers where the table lies, and puts its tags on it and on its columns. */
  public void describe(TableFacts facts) {
    register(facts);
    tag(facts);
  }

  /** Places below one that is registered already are registered with it. */
  private void register(TableFacts facts) {
    if (!facts.location().startsWith("s3")) {
      return;
    }
    String arn =
        "arn:%s:s3:::%s"
            .formatted(
                account.partition(), facts.location().replaceFirst("^s3[an]?://", "").strip());
    ask(
        "registering the place of " + facts.table(),
        lake -> {
          try {
            return lake.registerResource(
                r -> {
                  r.resourceArn(arn);
                  settings
                      .locationRole()
                      .ifPresentOrElse(r::roleArn, () -> r.useServiceLinkedRole(true));
                });
          } catch (AlreadyExistsException e) {
            return Optional.empty();
          }
        });
  }

  private void tag(TableFacts facts) {
    Map<String, String> tags = new TreeMap<>();
    settings.tags().forEach((key, value) -> tags.put(lower(key), lower(value)));
    facts.classification().ifPresent(one -> tags.put("classification", lower(one.name())));
    facts.domain().ifPresent(one -> tags.put("domain", lower(one)));
    tags.forEach(this::ensure);
    if (!tags.isEmpty()) {
      put(facts, tags, table(facts));
    }
    if (!facts.personalData().isEmpty()) {
      ensure("personal-data", "true");
      put(
          facts,
          Map.of("personal-data", "true"),
          Resource.builder()
              .tableWithColumns(
                  t ->
                      t.databaseName(facts.table().layer())
                          .name(facts.table().name())
                          .columnNames(facts.personalData()))
              .build());
    }
  }

  private static Resource table(TableFacts facts) {
    return Resource.builder()
        .table(t -> t.databaseName(facts.table().layer()).name(facts.table().name()))
        .build();
  }

  private void ensure(String key, String value) {
    Optional<GetLfTagResponse> known =
        ask(
            "looking for tag " + key,
            lake -> {
              try {
                return Optional.of(lake.getLFTag(r -> r.tagKey(key)));
              } catch (EntityNotFoundException e) {
                return Optional.empty();
              }
            });
    // a tag without a value cannot be
    if (known.filter(tag -> !tag.tagValues().isEmpty()).isEmpty()) {
      ask("making tag " + key, lake -> lake.createLFTag(r -> r.tagKey(key).tagValues(value)));
    } else if (!known.get().tagValues().contains(value)) {
      ask(
          "adding a value to tag " + key,
          lake -> lake.updateLFTag(r -> r.tagKey(key).tagValuesToAdd(value)));
    }
  }

  private void put(TableFacts facts, Map<String, String> tags, Resource resource) {
    List<LFTagPair> pairs =
        tags.entrySet().stream()
            .map(tag -> LFTagPair.builder().tagKey(tag.getKey()).tagValues(tag.getValue()).build())
            .toList();
    List<LFTagError> failures =
        ask(
            "tagging " + facts.table(),
            lake -> lake.addLFTagsToResource(r -> r.resource(resource).lfTags(pairs)).failures());
    if (!failures.isEmpty()) {
      // the service says 200 and lists what it did not do
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "Lake Formation did not put tag '%s' on %s: %s. Check that this role may associate it."
              .formatted(
                  failures.get(0).lfTag().tagKey(),
                  facts.table(),
                  failures.get(0).error().errorCode()));
    }
  }

  /**
   * Makes the filters of a producer's packages, for grants by name; those that show all need none.
   *
   * @return how many there are
   */
  public int filter(AccessPolicy policy) {
    int filters = 0;
    for (Map.Entry<String, AccessPolicy.Package> one :
        new TreeMap<>(policy.packages()).entrySet()) {
      if (one.getValue().level() != AccessPolicy.Level.FILTERED) {
        continue;
      }
      DataCellsFilter filter = filter(policy, one.getKey(), one.getValue());
      ask(
          "making filter " + one.getKey(),
          lake -> {
            try {
              return lake.createDataCellsFilter(r -> r.tableData(filter));
            } catch (AlreadyExistsException e) {
              return lake.updateDataCellsFilter(r -> r.tableData(filter));
            }
          });
      filters++;
    }
    return filters;
  }

  private DataCellsFilter filter(AccessPolicy policy, String name, AccessPolicy.Package shown) {
    DataCellsFilter.Builder filter =
        DataCellsFilter.builder()
            .tableCatalogId(account.account())
            .databaseName(policy.table().layer())
            .tableName(policy.table().name())
            .name("assay_" + name);
    if (shown.columns().isEmpty()) {
      filter.columnWildcard(w -> w.excludedColumnNames(List.of()));
    } else {
      filter.columnNames(shown.columns());
    }
    return filter
        .rowFilter(
            r ->
                shown
                    .rows()
                    .ifPresentOrElse(
                        rows -> r.filterExpression(rows.text()), () -> r.allRowsWildcard(w -> {})))
        .build();
  }

  private <T> T ask(String doing, Function<LakeFormationClient, T> call) {
    try {
      return call.apply(client);
    } catch (SdkException e) {
      throw AwsFailures.explain("Lake Formation", doing, e);
    }
  }

  /** The service keeps keys and values so. */
  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

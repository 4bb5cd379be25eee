package dev.assay.catalog.datazone;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.AccessPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.datazone.model.AssetFilterConfiguration;
import software.amazon.awssdk.services.datazone.model.AssetFilterSummary;
import software.amazon.awssdk.services.datazone.model.FilterStatus;
import software.amazon.awssdk.services.datazone.model.GetAssetFilterResponse;

/**
 * The filters of packages on their assets: one for columns and one for rows, since a filter is
 * never both. They are found again by their names.
 */
final class AssetFilters {
  private final Domain domain;

  AssetFilters(Domain domain) {
    this.domain = domain;
  }

  /**
   * The filters that show what a package shows; none if it shows all.
   *
   * @throws AssayException if the service does not take one
   */
  List<String> of(String asset, String packageName, AccessPolicy.Package shown) {
    List<String> filters = new ArrayList<>();
    if (!shown.columns().isEmpty()) {
      filters.add(
          ensure(
              asset,
              name(packageName, "columns"),
              AssetFilterConfiguration.fromColumnConfiguration(
                  c -> c.includedColumnNames(shown.columns()))));
    }
    shown
        .rows()
        .ifPresent(
            rows ->
                filters.add(
                    ensure(
                        asset,
                        name(packageName, "rows"),
                        AssetFilterConfiguration.fromRowConfiguration(
                            c ->
                                c.rowFilter(RowConditions.of(rows.expression()))
                                    .sensitive(false)))));
    return filters;
  }

  private static String name(String packageName, String what) {
    return "assay %s %s".formatted(packageName, what);
  }

  private String ensure(String asset, String name, AssetFilterConfiguration wanted) {
    Optional<AssetFilterSummary> known =
        domain.ask(
            "looking for filter " + name,
            client ->
                client
                    .listAssetFiltersPaginator(
                        r -> r.domainIdentifier(domain.id()).assetIdentifier(asset))
                    .items()
                    .stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst());
    String id =
        known
            .map(AssetFilterSummary::id)
            .orElseGet(
                () ->
                    domain
                        .ask(
                            "making filter " + name,
                            client ->
                                client.createAssetFilter(
                                    r ->
                                        r.domainIdentifier(domain.id())
                                            .assetIdentifier(asset)
                                            .name(name)
                                            .configuration(wanted)
                                            .clientToken(
                                                Domain.token(
                                                    "filter", asset, name, wanted.toString()))))
                        .id());
    GetAssetFilterResponse filter = get(asset, id);
    if (!wanted.equals(filter.configuration())) {
      domain.ask(
          "changing filter " + name,
          client ->
              client.updateAssetFilter(
                  r ->
                      r.domainIdentifier(domain.id())
                          .assetIdentifier(asset)
                          .identifier(id)
                          .configuration(wanted)));
      filter = get(asset, id);
    }
    if (filter.status() != FilterStatus.VALID) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "DataZone does not take filter '%s' of the package: it is %s. Check the package's columns and rows in jobs/governance against the table's columns."
              .formatted(name, filter.status()));
    }
    return id;
  }

  private GetAssetFilterResponse get(String asset, String id) {
    return domain.ask(
        "looking at the filter",
        client ->
            client.getAssetFilter(
                r -> r.domainIdentifier(domain.id()).assetIdentifier(asset).identifier(id)));
  }
}

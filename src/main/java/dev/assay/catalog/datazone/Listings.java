package dev.assay.catalog.datazone;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import software.amazon.awssdk.services.datazone.model.ChangeAction;
import software.amazon.awssdk.services.datazone.model.CreateListingChangeSetResponse;
import software.amazon.awssdk.services.datazone.model.EntityType;
import software.amazon.awssdk.services.datazone.model.GetAssetResponse;
import software.amazon.awssdk.services.datazone.model.ListingStatus;

/** Listings, by which others find assets. */
final class Listings {
  private final Domain domain;

  Listings(Domain domain) {
    this.domain = domain;
  }

  /** Whether others find the asset in its newest revision. */
  boolean upToDate(GetAssetResponse asset) {
    return asset.listing() != null
        && asset.listing().listingStatus() == ListingStatus.ACTIVE
        && asset
            .revision()
            .equals(
                domain
                    .ask(
                        "reading the listing",
                        client ->
                            client.getListing(
                                r ->
                                    r.domainIdentifier(domain.id())
                                        .identifier(asset.listing().listingId())))
                    .item()
                    .assetListing()
                    .assetRevision());
  }

  /** Whether others find the asset in any revision. */
  static boolean listed(GetAssetResponse asset) {
    return asset.listing() != null && asset.listing().listingStatus() == ListingStatus.ACTIVE;
  }

  /** Publishes the newest revision, and waits until others find it. */
  void publish(GetAssetResponse asset) {
    CreateListingChangeSetResponse change =
        domain.ask(
            "publishing " + asset.name(),
            client ->
                client.createListingChangeSet(
                    r ->
                        r.domainIdentifier(domain.id())
                            .action(ChangeAction.PUBLISH)
                            .entityType(EntityType.ASSET)
                            .entityIdentifier(asset.id())
                            .entityRevision(asset.revision())
                            .clientToken(Domain.token("publish", asset.id(), asset.revision()))));
    ListingStatus end =
        domain
            .patience()
            .until(
                "the listing of " + asset.name(),
                () ->
                    domain
                        .ask(
                            "looking at the listing",
                            client ->
                                client.getListing(
                                    r ->
                                        r.domainIdentifier(domain.id())
                                            .identifier(change.listingId())))
                        .status(),
                status -> status != ListingStatus.CREATING);
    if (end != ListingStatus.ACTIVE) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "The listing of %s is %s. Look at it in the DataZone portal, then run this again."
              .formatted(asset.name(), end));
    }
  }
}

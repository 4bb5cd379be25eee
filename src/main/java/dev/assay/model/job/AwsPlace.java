package dev.assay.model.job;

import java.net.URI;
import java.util.Optional;

/**
 * Where a service of AWS is, and as whom it is asked.
 *
 * @param region that of the environment if empty
 * @param endpoint instead of the service's own
 * @param role to be assumed, for services in another account
 * @param stsEndpoint where the role is assumed, instead of the service's own
 */
public record AwsPlace(
    Optional<String> region,
    Optional<URI> endpoint,
    Optional<String> role,
    Optional<URI> stsEndpoint) {
  /** As the environment says. */
  public static final AwsPlace USUAL =
      new AwsPlace(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}

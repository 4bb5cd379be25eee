package dev.assay.catalog.datazone;

import dev.assay.aws.AwsFailures;
import dev.assay.aws.Clients;
import dev.assay.catalog.Patience;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.Publishing;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.datazone.DataZoneClient;

/**
 * A domain and how it is asked.
 *
 * @param id {@code dzd_…}
 */
record Domain(DataZoneClient client, String id, Patience patience) {
  static Domain open(Publishing.DataZone datazone, Patience patience) {
    return new Domain(
        Clients.openPatching(DataZoneClient.builder(), datazone.place()),
        datazone.domain(),
        patience);
  }

  /**
   * Asks.
   *
   * @param doing what is asked, in words
   */
  <T> T ask(String doing, Function<DataZoneClient, T> call) {
    patience.progress().accept(doing);
    try {
      return call.apply(client);
    } catch (SdkException e) {
      throw AwsFailures.explain("DataZone", doing, e);
    }
  }

  /** The same for the same wish, so that a repeat is none. */
  static String token(String... wish) {
    return Fingerprint.of(wish).hex();
  }
}

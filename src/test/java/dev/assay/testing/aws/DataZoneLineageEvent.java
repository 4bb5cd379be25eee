package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run event that the service accepted.
 *
 * @param token of the request that brought it
 * @param runId of the event's run
 * @param eventType for example {@code START}
 * @param status how far its processing is; {@code SUCCESS} and {@code FAILED} are final
 * @param event as it was sent
 */
public record DataZoneLineageEvent(
    String id, String token, String runId, String eventType, String status, JsonNode event) {}

package dev.assay.testing.aws;

import java.util.Map;

/** The service's errors, with the statuses of its model. */
final class DataZoneErrors {
  static final String NOT_FOUND = "ResourceNotFoundException";

  private DataZoneErrors() {}

  static StubError notFound(String kind, String id) {
    return new StubError(
        404, NOT_FOUND, "%s %s does not exist or access is denied".formatted(kind, id), Map.of());
  }

  static StubError conflict(String message) {
    return new StubError(409, "ConflictException", message, Map.of());
  }

  static StubError quota(String message) {
    return new StubError(402, "ServiceQuotaExceededException", message, Map.of());
  }

  static StubError denied(String message) {
    return new StubError(403, "AccessDeniedException", message, Map.of());
  }

  static StubError invalid(String message) {
    return StubError.refused("ValidationException", message);
  }

  /** What the service has and the stub does not: it fails the test that asks for it. */
  static UnsupportedOperationException notModelled(String what) {
    return new UnsupportedOperationException("the stub does not model " + what);
  }
}

package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** awsJson 1.0 and 1.1: the operation in a header, everything else in the body. */
final class JsonProtocol implements RequestProtocol {
  private final Map<String, Operation> operations;
  private final String prefix;
  private final String contentType;

  JsonProtocol(Map<String, Operation> operations, String prefix, String version) {
    this.operations = operations;
    this.prefix = prefix + ".";
    this.contentType = "application/x-amz-json-" + version;
  }

  @Override
  public ModelledRequest read(RecordedRequest request) {
    Optional<String> target = request.header("X-Amz-Target");
    if (target.isEmpty()) {
      return RequestProtocol.unknown("the header X-Amz-Target is missing");
    }
    Operation operation =
        target.get().startsWith(prefix)
            ? operations.get(target.get().substring(prefix.length()))
            : null;
    if (operation == null) {
      return RequestProtocol.unknown("the service has no operation " + target.get());
    }
    ShapeChecker checker = new ShapeChecker(operation.name());
    if (!request.method().equals("POST") || !request.target().equals("/")) {
      checker.report("", "is %s %s; expected POST /".formatted(request.method(), request.target()));
    }
    if (!request.contentType().equals(contentType)) {
      checker.report(
          "",
          "has the content type '%s'; expected '%s'".formatted(request.contentType(), contentType));
    }
    Optional<ObjectNode> input = RequestProtocol.object(request.body(), checker);
    input.ifPresent(
        body ->
            operation
                .input()
                .ifPresentOrElse(
                    shape -> checker.check("", shape, body),
                    () -> {
                      if (!body.isEmpty()) {
                        checker.report("", "takes no input");
                      }
                    }));
    return new ModelledRequest(
        operation.name(), input.orElseGet(JSON::createObjectNode), checker.found());
  }
}

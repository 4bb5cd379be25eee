package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * OpenLineage's JSON Schemas, of a checkout of its repository: no registry has them. Their
 * addresses name versions, of which a checkout has one.
 */
final class OpenLineageSchemas {
  private static final String CORE = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path spec;
  private final JsonSchemaFactory factory;
  private final Set<String> used = new TreeSet<>();

  /**
   * @param spec its folder {@code spec}
   */
  OpenLineageSchemas(Path spec) {
    this.spec = spec;
    this.factory =
        JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
            .uriFetcher(address -> Files.newInputStream(file(address.toString())), "https")
            .build();
  }

  /** The names of schemas that were applied. */
  Set<String> used() {
    return Set.copyOf(used);
  }

  /** What an event breaks, in words. */
  List<String> mistakes(Path event) throws IOException {
    JsonNode read = JSON.readTree(event.toFile());
    List<String> mistakes = new ArrayList<>(mistakes(CORE, read));
    facets(read, mistakes);
    return mistakes.stream().map(mistake -> event.getFileName() + ": " + mistake).toList();
  }

  /** Facets refer to their schemas themselves. */
  private void facets(JsonNode node, List<String> mistakes) {
    node.fields()
        .forEachRemaining(
            field -> {
              JsonNode facet = field.getValue();
              if (facet.has("_schemaURL")) {
                String address = facet.get("_schemaURL").asText();
                mistakes.addAll(
                    mistakes(address, JSON.createObjectNode().set(field.getKey(), facet)));
              }
            });
    node.forEach(each -> facets(each, mistakes));
  }

  private List<String> mistakes(String address, JsonNode node) {
    String schema = address.replaceFirst("#.*", "");
    used.add(file(schema).getFileName().toString());
    return factory.getSchema(URI.create(schema)).validate(node).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private Path file(String address) {
    String name = address.substring(address.lastIndexOf('/') + 1);
    Path core = spec.resolve(name);
    return Files.exists(core) ? core : spec.resolve("facets").resolve(name);
  }
}

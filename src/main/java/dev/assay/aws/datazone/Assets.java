package dev.assay.aws.datazone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.TableName;
import dev.assay.model.job.GlueAccount;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.AssetItem;
import software.amazon.awssdk.services.datazone.model.FormOutput;
import software.amazon.awssdk.services.datazone.model.InventorySearchScope;
import software.amazon.awssdk.services.datazone.model.SearchInventoryResultItem;
import software.amazon.awssdk.services.datazone.model.SearchOutputAdditionalAttribute;

/**
 * Finds the asset of a table: by its ARN, because search ranks by likeness and {@code orders} finds
 * {@code orders_v2} too. An asset's id stays over its revisions, so it is looked for once.
 */
public final class Assets {
  private static final int PAGE = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataZoneClient client;
  private final String domain;
  private final GlueAccount tables;
  private final Map<TableName, String> known = new ConcurrentHashMap<>();

  public Assets(DataZoneClient client, String domain, GlueAccount tables) {
    this.client = client;
    this.domain = domain;
    this.tables = tables;
  }

  /** The id of a table's asset; empty if the domain has none. */
  public Optional<String> of(TableName table) {
    Optional<String> found = Optional.ofNullable(known.get(table)).or(() -> search(table));
    found.ifPresent(id -> known.put(table, id));
    return found;
  }

  private Optional<String> search(TableName table) {
    String arn = tables.arn(table);
    return client
        .searchPaginator(
            r ->
                r.domainIdentifier(domain)
                    .searchScope(InventorySearchScope.ASSET)
                    .searchText('"' + table.name() + '"')
                    .additionalAttributes(SearchOutputAdditionalAttribute.FORMS)
                    .maxResults(PAGE))
        .items()
        .stream()
        .map(SearchInventoryResultItem::assetItem)
        .filter(item -> item != null && isOf(item, arn))
        .map(AssetItem::identifier)
        .findFirst();
  }

  private static boolean isOf(AssetItem item, String arn) {
    return item.additionalAttributes() != null
        && item.additionalAttributes().formsOutput().stream()
            .map(FormOutput::content)
            .anyMatch(content -> names(content, arn));
  }

  private static boolean names(String content, String arn) {
    try {
      JsonNode form = JSON.readTree(content);
      return form.path("tableArn").asText().equals(arn)
          || form.path("sourceIdentifier").asText().equals(arn);
    } catch (JsonProcessingException e) {
      // a form of another kind
      return false;
    }
  }
}

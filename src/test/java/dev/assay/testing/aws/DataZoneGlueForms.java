package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The forms of an asset that a data source made of a table of the Glue catalog. */
final class DataZoneGlueForms {
  private DataZoneGlueForms() {}

  /**
   * @param columns names, each maybe with a colon and the type
   */
  static ArrayNode of(DataZoneFormTypes types, GlueTableArn arn, String... columns) {
    ObjectNode table =
        RequestProtocol.JSON
            .createObjectNode()
            .put("tableArn", arn.toString())
            .put("databaseName", arn.database())
            .put("tableName", arn.table())
            .put("catalogId", arn.account())
            .put("region", arn.region());
    ArrayNode list = table.putArray("columns");
    for (String column : columns) {
      String[] parts = column.split(":", 2);
      list.addObject()
          .put("columnName", parts[0])
          .put("dataType", parts.length == 2 ? parts[1] : "string");
    }
    ObjectNode details =
        RequestProtocol.JSON.createObjectNode().put("sourceIdentifier", arn.toString());
    return RequestProtocol.JSON
        .createArrayNode()
        .add(form(types, "GlueTableForm", DataZoneFormTypes.GLUE_TABLE, table))
        .add(form(types, "AssetCommonDetailsForm", DataZoneFormTypes.COMMON_DETAILS, details));
  }

  /** What only the service writes. */
  static ArrayNode readOnly(DataZoneFormTypes types) {
    ObjectNode source = RequestProtocol.JSON.createObjectNode().put("dataSourceType", "GLUE");
    return RequestProtocol.JSON
        .createArrayNode()
        .add(form(types, "DataSourceReferenceForm", DataZoneFormTypes.DATA_SOURCE, source));
  }

  private static ObjectNode form(
      DataZoneFormTypes types, String name, String type, ObjectNode content) {
    return RequestProtocol.JSON
        .createObjectNode()
        .put("formName", name)
        .put("typeName", type)
        .put("typeRevision", types.revision(type, ""))
        .put("content", content.toString());
  }
}

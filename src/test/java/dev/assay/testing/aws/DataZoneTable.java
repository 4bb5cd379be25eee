package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A table that a data source finds, and what its asset is made of.
 *
 * @param source the Glue database; or the cluster or workgroup, a slash, and the Redshift database
 * @param schema empty for Glue
 * @param identifier what the asset's common details give as its source
 */
record DataZoneTable(
    String type, String source, String schema, String name, String identifier, ArrayNode forms) {
  static final String GLUE = "GLUE";
  static final String REDSHIFT = "REDSHIFT";

  /**
   * @param columns names, each maybe with a colon and the type
   */
  static DataZoneTable glue(DataZoneFormTypes types, GlueTableArn arn, String... columns) {
    ObjectNode table =
        RequestProtocol.JSON
            .createObjectNode()
            .put("tableArn", arn.toString())
            .put("databaseName", arn.database())
            .put("tableName", arn.table())
            .put("catalogId", arn.account())
            .put("region", arn.region());
    ArrayNode forms = RequestProtocol.JSON.createArrayNode();
    forms.add(form(types, "GlueTableForm", DataZoneFormTypes.GLUE_TABLE, with(table, columns)));
    return of(types, GLUE, arn.database(), "", arn.table(), arn.toString(), forms);
  }

  /**
   * The members of the form, and the identifier of the source, are not published: they follow the
   * form of Glue and the names that lineage has for Redshift.
   *
   * @param storage the cluster or workgroup
   * @param columns as of {@link #glue}
   */
  static DataZoneTable redshift(
      DataZoneFormTypes types,
      String storage,
      String database,
      String schema,
      String name,
      String... columns) {
    ObjectNode table =
        RequestProtocol.JSON
            .createObjectNode()
            .put("storageName", storage)
            .put("databaseName", database)
            .put("schemaName", schema)
            .put("tableName", name);
    ArrayNode forms = RequestProtocol.JSON.createArrayNode();
    forms.add(
        form(types, "RedshiftTableForm", DataZoneFormTypes.REDSHIFT_TABLE, with(table, columns)));
    return of(
        types,
        REDSHIFT,
        storage + "/" + database,
        schema,
        name,
        "redshift://%s.123456789012.us-east-1.redshift.amazonaws.com:5439/%s.%s.%s"
            .formatted(storage, database, schema, name),
        forms);
  }

  /** What only the service writes. */
  ArrayNode readOnlyForms(DataZoneFormTypes types) {
    ObjectNode source = RequestProtocol.JSON.createObjectNode().put("dataSourceType", type);
    return RequestProtocol.JSON
        .createArrayNode()
        .add(form(types, "DataSourceReferenceForm", DataZoneFormTypes.DATA_SOURCE, source));
  }

  String assetType() {
    return type.equals(GLUE) ? DataZoneAssets.GLUE_TYPE : "amazon.datazone.RedshiftTableAssetType";
  }

  private static DataZoneTable of(
      DataZoneFormTypes types,
      String type,
      String source,
      String schema,
      String name,
      String identifier,
      ArrayNode forms) {
    ObjectNode details =
        RequestProtocol.JSON.createObjectNode().put("sourceIdentifier", identifier);
    forms.add(form(types, "AssetCommonDetailsForm", DataZoneFormTypes.COMMON_DETAILS, details));
    return new DataZoneTable(type, source, schema, name, identifier, forms);
  }

  private static ObjectNode with(ObjectNode table, String... columns) {
    ArrayNode list = table.putArray("columns");
    for (String column : columns) {
      String[] parts = column.split(":", 2);
      list.addObject()
          .put("columnName", parts[0])
          .put("dataType", parts.length == 2 ? parts[1] : "string");
    }
    return table;
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

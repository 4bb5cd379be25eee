package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.plan.TableShape.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint | NUMBER",
        "smallint | NUMBER",
        "int | NUMBER",
        "bigint | NUMBER",
        "float | NUMBER",
        "double | NUMBER",
        "decimal(38,10) | NUMBER",
        "string | TEXT",
        "varchar(10) | TEXT",
        "char(2) | TEXT",
        "date | DATE",
        "timestamp | TIMESTAMP",
        "timestamp_ntz | TIMESTAMP",
        "boolean | BOOLEAN",
        "binary | OTHER",
        "array<int> | OTHER",
        "struct<a:decimal(10,2)> | OTHER"
      })
  void tellsTheKindsOfTypesApart(String type, Kind kind) {
    assertThat(new TableShape(Map.of("a", type)).kindOf("a")).isEqualTo(kind);
  }

  @Test
  void findsAColumnByItsNameOrTheOnlyOneThatDiffersInCase() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("Id", "int");
    types.put("name", "string");
    types.put("NAME", "string");
    TableShape table = new TableShape(types);

    assertThat(table.columns()).containsExactly("Id", "name", "NAME");
    assertThat(table.find("Id")).contains("Id");
    assertThat(table.find("ID")).contains("Id");
    assertThat(table.find("NAME")).contains("NAME");
    assertThat(table.find("Name")).isEmpty();
    assertThat(table.find("other")).isEmpty();
  }

  @Test
  void findsFieldsOfStructsByTheirPathAfterColumnsOfThatName() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("address", "struct<city:string>");
    types.put("tags", "array<struct<name:string>>");
    types.put("a.b", "int");
    Map<String, TableShape.Field> fields = new LinkedHashMap<>();
    fields.put("address.city", new TableShape.Field("string", List.of("address", "city")));
    fields.put("a.b", new TableShape.Field("double", List.of("a", "b")));
    TableShape table = new TableShape(types, fields);

    assertThat(table.columns()).containsExactly("address", "tags", "a.b");
    assertThat(table.find("Address.City")).contains("address.city");
    assertThat(table.sql("address.city")).isEqualTo("`address`.`city`");
    assertThat(table.typeOf("address.city")).isEqualTo("string");
    assertThat(table.kindOf("address.city")).isEqualTo(Kind.TEXT);
    assertThat(table.sql("a.b")).isEqualTo("`a.b`");
    assertThat(table.typeOf("a.b")).isEqualTo("int");
    assertThat(table.find("address.zip")).isEmpty();
    assertThat(table.suggestion("address.citi")).isEqualTo("Did you mean 'address.city'?");
    assertThat(table.suggestion("nothing like it"))
        .isEqualTo("Expected one of: address, tags, a.b.");
    assertThat(table.collectionOn("tags.name")).contains("tags");
    assertThat(table.collectionOn("address.city.x")).isEmpty();
  }
}

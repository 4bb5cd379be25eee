package dev.assay.prepare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ColumnSpec;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as an array, a map or a struct, in which every value is read exactly as a column of
 * its type would be. Spark's {@code from_json} would round decimals, give NULL for what does not
 * fit, and leave out fields that nobody declared.
 *
 * <p>Names of fields are compared letter for letter. A field that is not there is NULL.
 */
final class NestedReader implements ColumnReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().build().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** A decimal has no more; what is longer is left to the reader of its type to refuse. */
  private static final int MOST_DIGITS = 38;

  /** One value of the JSON, at whose first token the parser stands. */
  @FunctionalInterface
  private interface Value extends Serializable {
    /**
     * Reads it; the parser stands at its last token then.
     *
     * @throws MisfitException if it is not of the type
     */
    Object read(JsonParser json) throws IOException;
  }

  /** A value that is not of its type; says nothing of it, and where it was thrown is no matter. */
  private static final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisfitException() {
      super("a value is not of its type", null, false, false);
    }
  }

  private final DataType type;
  private final Value value;

  private NestedReader(DataType type, Value value) {
    this.type = type;
    this.value = value;
  }

  /**
   * What reads a column.
   *
   * @param extraFields whether structs may have fields that are not declared, which are left out
   * @throws AssayException if a part of the type cannot be read from JSON
   */
  static NestedReader of(SparkSession spark, ColumnSpec column, boolean extraFields) {
    DataType type = typeOf(column);
    Map<String, ColumnSpec> scalars = new LinkedHashMap<>();
    collect(type, column, scalars);
    List<ScalarReader> readers = ScalarReader.of(spark, List.copyOf(scalars.values()));
    Map<String, ColumnReader> byType = new HashMap<>();
    scalars.keySet().forEach(name -> byType.put(name, readers.get(byType.size())));
    return new NestedReader(type.asNullable(), new Plan(byType, extraFields).of(type));
  }

  /** Whether a declared type is one that this reads. */
  static boolean reads(ColumnSpec column) {
    return column.type().indexOf('<') > 0;
  }

  private static DataType typeOf(ColumnSpec column) {
    try {
      return DataType.fromDDL(column.type());
    } catch (Exception e) {
      // Scala throws Spark's checked exceptions without declaring them
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "column '%s': '%s' is not a type. Write, for example, struct<id:int,tags:array<string>>."
              .formatted(column.name(), column.type()),
          e);
    }
  }

  private static void collect(DataType type, ColumnSpec column, Map<String, ColumnSpec> scalars) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        collect(field.dataType(), column, scalars);
      }
    } else if (type instanceof ArrayType array) {
      collect(array.elementType(), column, scalars);
    } else if (type instanceof MapType map) {
      if (!isRead(map.keyType()) && !(map.keyType() instanceof StringType)) {
        throw unreadable(map.keyType(), column);
      }
      collect(map.keyType(), column, scalars);
      collect(map.valueType(), column, scalars);
    } else if (isRead(type)) {
      scalars.putIfAbsent(
          type.catalogString(),
          new ColumnSpec("value" + scalars.size(), type.catalogString(), Optional.empty(), true));
    } else if (!(type instanceof StringType || type instanceof BinaryType)) {
      throw unreadable(type, column);
    }
  }

  private static AssayException unreadable(DataType type, ColumnSpec column) {
    return new AssayException(
        ExitKind.WRONG_FILES,
        "column '%s': %s inside of %s cannot be read from JSON. Declare the column as string and take it apart in a derive step."
            .formatted(column.name(), type.catalogString(), column.type()));
  }

  private static boolean isRead(DataType type) {
    return type instanceof NumericType
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public @Nullable Object read(UTF8String text) {
    try (JsonParser json = JSON.createParser(text.toString())) {
      if (json.nextToken() == null || json.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      Object read = value.read(json);
      return json.nextToken() == null ? read : null;
    } catch (IOException | MisfitException e) {
      return null;
    }
  }

  /** Turns a type into what reads it. */
  private record Plan(Map<String, ColumnReader> scalars, boolean extraFields) {
    Value of(DataType type) {
      if (type instanceof StructType struct) {
        return struct(struct);
      }
      if (type instanceof ArrayType array) {
        return array(of(array.elementType()), array.containsNull());
      }
      if (type instanceof MapType map) {
        return map(scalar(map.keyType()), of(map.valueType()), map.valueContainsNull());
      }
      if (type instanceof StringType) {
        return NestedReader::text;
      }
      Scalar scalar = scalar(type);
      return json -> scalar.read(scalarText(json));
    }

    private Value struct(StructType struct) {
      HashMap<String, Integer> places = new HashMap<>();
      Value[] values = new Value[struct.length()];
      boolean[] required = new boolean[struct.length()];
      for (int place = 0; place < values.length; place++) {
        StructField field = struct.apply(place);
        places.put(field.name(), place);
        values[place] = of(field.dataType());
        required[place] = !field.nullable();
      }
      boolean skips = extraFields;
      return json -> {
        require(json, JsonToken.START_OBJECT);
        @Nullable Object[] cells = new @Nullable Object[values.length];
        while (json.nextToken() != JsonToken.END_OBJECT) {
          Integer place = places.get(json.currentName());
          json.nextToken();
          if (place != null) {
            cells[place] = valueOrNull(values[place], json);
          } else if (skips) {
            json.skipChildren();
          } else {
            throw new MisfitException();
          }
        }
        for (int place = 0; place < cells.length; place++) {
          if (required[place] && cells[place] == null) {
            throw new MisfitException();
          }
        }
        return new GenericInternalRow(cells);
      };
    }

    private static Value array(Value element, boolean nulls) {
      return json -> {
        require(json, JsonToken.START_ARRAY);
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(present(valueOrNull(element, json), nulls));
        }
        return new GenericArrayData(elements.toArray());
      };
    }

    private static Value map(Scalar key, Value value, boolean nulls) {
      return json -> {
        require(json, JsonToken.START_OBJECT);
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          Object name = key.read(json.currentName());
          json.nextToken();
          Object read = present(valueOrNull(value, json), nulls);
          if (entries.containsKey(name)) {
            // two ways to write one key
            throw new MisfitException();
          }
          entries.put(name, read);
        }
        return new ArrayBasedMapData(
            new GenericArrayData(entries.keySet().toArray()),
            new GenericArrayData(entries.values().toArray()));
      };
    }

    private Scalar scalar(DataType type) {
      if (type instanceof StringType) {
        return UTF8String::fromString;
      }
      if (type instanceof BinaryType) {
        return NestedReader::bytes;
      }
      ColumnReader reader = scalars.get(type.catalogString());
      if (reader == null) {
        throw new IllegalStateException("no reader of " + type.catalogString());
      }
      return text -> {
        Object read = reader.read(UTF8String.fromString(text));
        if (read == null) {
          throw new MisfitException();
        }
        return read;
      };
    }
  }

  /** Reads a text as one value. */
  @FunctionalInterface
  private interface Scalar extends Serializable {
    Object read(String text);
  }

  private static @Nullable Object valueOrNull(Value value, JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : value.read(json);
  }

  private static @Nullable Object present(@Nullable Object value, boolean nulls) {
    if (value == null && !nulls) {
      throw new MisfitException();
    }
    return value;
  }

  private static void require(JsonParser json, JsonToken token) {
    if (json.currentToken() != token) {
      throw new MisfitException();
    }
  }

  private static String scalarText(JsonParser json) throws IOException {
    if (!json.currentToken().isScalarValue()) {
      throw new MisfitException();
    }
    if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      // 1E-19, as Spark writes small decimals, is the same number as one written out
      BigDecimal number = json.getDecimalValue();
      return number.scale() > 0 && number.scale() <= MOST_DIGITS
          ? number.toPlainString()
          : json.getText();
    }
    return json.getText();
  }

  /** A text; objects and lists stay JSON, digit for digit. */
  private static Object text(JsonParser json) throws IOException {
    if (json.currentToken().isScalarValue()) {
      return UTF8String.fromString(json.getText());
    }
    StringWriter copy = new StringWriter();
    try (JsonGenerator to = JSON.createGenerator(copy)) {
      int open = 0;
      do {
        to.copyCurrentEventExact(json);
        open += json.currentToken().isStructStart() ? 1 : 0;
        open -= json.currentToken().isStructEnd() ? 1 : 0;
      } while (open > 0 && json.nextToken() != null);
    }
    return UTF8String.fromString(copy.toString());
  }

  /** As Spark writes bytes into JSON. */
  private static Object bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MisfitException();
    }
  }
}

package dev.assay.lake.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.RowMark.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Splits JSON lines into declared columns. Numbers keep their digits; objects and lists stay JSON
 * text.
 *
 * @param columns the declared columns
 * @param required those that must be present in each object
 * @param refuseExtra whether fields that nobody declared are a problem
 */
record JsonRecords(List<String> columns, Set<String> required, boolean refuseExtra)
    implements RecordFormat {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Override
  public RecordSplitter splitter(String file) {
    TextDecoder decoder = new TextDecoder(StandardCharsets.UTF_8);
    return new RecordSplitter() {
      @Override
      public InternalRow split(RawRecord record) {
        return JsonRecords.this.split(record, decoder);
      }

      /** White space between two texts means nothing in JSON. */
      @Override
      public boolean isNothing(byte[] line) {
        for (byte value : line) {
          if (value != ' ' && value != '\t' && value != '\r') {
            return false;
          }
        }
        return true;
      }
    };
  }

  private InternalRow split(RawRecord record, TextDecoder decoder) {
    @Nullable UTF8String[] values = new @Nullable UTF8String[columns.size()];
    UTF8String text = decoder.asTheyAre(record.bytes());
    if (text == null) {
      record.undecodable(decoder.charset());
    } else {
      fill(values, text.toString(), record);
    }
    return record.toRow(values, text);
  }

  private void fill(@Nullable UTF8String[] values, String text, RawRecord record) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // the exception quotes the text, so only the place is taken from it
      record.malformed(
          "is not JSON at character %d"
              .formatted(e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
      return;
    }
    if (!node.isObject()) {
      record.malformed("is not a JSON object");
      return;
    }
    for (int index = 0; index < values.length; index++) {
      String column = columns.get(index);
      JsonNode value = node.get(column);
      if (value == null) {
        if (required.contains(column)) {
          record.problem(ProblemKind.MISSING_FIELD, column, "is missing");
        }
      } else if (!value.isNull()) {
        values[index] =
            UTF8String.fromString(value.isValueNode() ? value.asText() : value.toString());
      }
    }
    if (refuseExtra) {
      checkExtra(node.fieldNames(), record);
    }
  }

  private void checkExtra(Iterator<String> names, RawRecord record) {
    int extra = 0;
    while (names.hasNext()) {
      if (!columns.contains(names.next())) {
        extra++;
      }
    }
    // an unknown field's name may itself be data, so it is counted and not named
    if (extra > 0) {
      record.problem(
          ProblemKind.EXTRA_FIELD, null, "has %d field(s) that are not declared".formatted(extra));
    }
  }
}

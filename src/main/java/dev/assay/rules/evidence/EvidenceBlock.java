package dev.assay.rules.evidence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The values of some facts for some slices: a matrix of 64-bit numbers, and its form in bytes.
 *
 * <p>Form, version 1, big-endian: {@code AEV1}; number of facts, of slices (int each); per fact the
 * length and UTF-8 text of its signature (int, bytes) and its width (int); per slice its id (two
 * longs); the values, fact by fact and in it slice by slice (longs); CRC-32C of all before (int).
 * Numbers of 128 bits are several longs of a value. A fact that is kept in another way than before
 * has another signature, so that older and newer evidence do not get in each other's way.
 *
 * @param signatures of the facts
 * @param widths numbers per value, by fact
 * @param values per fact the values of all slices, one after the other
 */
public record EvidenceBlock(
    List<String> signatures, List<Integer> widths, List<SliceId> slices, List<long[]> values) {
  private static final int MAGIC = 0x41455631;

  public EvidenceBlock {
    signatures = List.copyOf(signatures);
    widths = List.copyOf(widths);
    slices = List.copyOf(slices);
    values = List.copyOf(values);
    for (int fact = 0; fact < signatures.size(); fact++) {
      if (values.get(fact).length != widths.get(fact) * slices.size()) {
        throw new IllegalArgumentException(
            "fact %d has %d numbers for %d slices of width %d"
                .formatted(fact, values.get(fact).length, slices.size(), widths.get(fact)));
      }
    }
  }

  /** The block in bytes. */
  public byte[] encode() {
    List<byte[]> names =
        signatures.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    int size = 16 + slices.size() * 16;
    for (int fact = 0; fact < names.size(); fact++) {
      size += 8 + names.get(fact).length + values.get(fact).length * 8;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.putInt(MAGIC).putInt(signatures.size()).putInt(slices.size());
    for (int fact = 0; fact < names.size(); fact++) {
      bytes.putInt(names.get(fact).length).put(names.get(fact)).putInt(widths.get(fact));
    }
    slices.forEach(slice -> bytes.putLong(slice.high()).putLong(slice.low()));
    for (long[] numbers : values) {
      bytes.asLongBuffer().put(numbers);
      bytes.position(bytes.position() + numbers.length * 8);
    }
    bytes.putInt(checksum(bytes.array(), size - 4));
    return bytes.array();
  }

  /** The block that bytes hold; empty if they are damaged or of another version. */
  public static Optional<EvidenceBlock> decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    try {
      if (encoded.length < 16
          || bytes.getInt() != MAGIC
          || ByteBuffer.wrap(encoded).getInt(encoded.length - 4)
              != checksum(encoded, encoded.length - 4)) {
        return Optional.empty();
      }
      int facts = bytes.getInt();
      int count = bytes.getInt();
      String[] signatures = new String[facts];
      Integer[] widths = new Integer[facts];
      for (int fact = 0; fact < facts; fact++) {
        byte[] name = new byte[bytes.getInt()];
        bytes.get(name);
        signatures[fact] = new String(name, StandardCharsets.UTF_8);
        widths[fact] = bytes.getInt();
      }
      SliceId[] slices = new SliceId[count];
      for (int slice = 0; slice < count; slice++) {
        slices[slice] = new SliceId(bytes.getLong(), bytes.getLong());
      }
      long[][] values = new long[facts][];
      for (int fact = 0; fact < facts; fact++) {
        values[fact] = new long[widths[fact] * count];
        bytes.asLongBuffer().get(values[fact]);
        bytes.position(bytes.position() + values[fact].length * 8);
      }
      return Optional.of(
          new EvidenceBlock(
              List.of(signatures), List.of(widths), List.of(slices), List.of(values)));
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}

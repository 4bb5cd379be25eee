package dev.assay.lake.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes as text in one encoding, strictly. Text that is ASCII, as most is, needs no decoding
 * where the encoding writes ASCII as itself: its bytes are Spark's text already. For one thread.
 */
final class TextDecoder {
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final boolean asciiAsItself;
  private final boolean utf8;

  TextDecoder(Charset charset) {
    this.charset = charset;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.utf8 = charset.equals(StandardCharsets.UTF_8);
    String name = charset.name();
    // others switch their meaning by sequences that are ASCII themselves
    this.asciiAsItself =
        utf8
            || name.equals("US-ASCII")
            || name.startsWith("ISO-8859-")
            || name.startsWith("windows-125");
  }

  Charset charset() {
    return charset;
  }

  /** The bytes themselves if they are the UTF-8 of the text they stand for; else NULL. */
  @Nullable UTF8String asTheyAre(byte[] bytes) {
    if ((asciiAsItself && isAscii(bytes)) || (utf8 && decode(bytes) != null)) {
      return UTF8String.fromBytes(bytes);
    }
    return null;
  }

  /** The text, or NULL if the bytes are not text in this encoding. */
  @Nullable String decode(byte[] bytes) {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isAscii(byte[] bytes) {
    int seen = 0;
    for (byte value : bytes) {
      seen |= value;
    }
    return seen >= 0;
  }
}

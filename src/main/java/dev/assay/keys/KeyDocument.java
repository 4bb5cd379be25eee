package dev.assay.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A key ring as the JSON text that key files and secrets hold. */
public final class KeyDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyDocument() {}

  /** The text of a ring; secret. */
  public static String write(KeyRing ring) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(
              JSON.createObjectNode()
                  .put("tokens", ring.tokens())
                  .put("encryption", ring.encryption()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("two texts are always JSON", e);
    }
  }

  /**
   * The ring of a text. Both keysets are used once, so that damage is found before anything is
   * read.
   *
   * @param where the file or secret, for the message
   * @throws MissingKeysException if the text is not a ring
   */
  public static KeyRing read(String where, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      KeyRing ring = new KeyRing(node.path("tokens").asText(), node.path("encryption").asText());
      ring.decrypt(ring.encrypt(ring.token("")));
      return ring;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // the cause would quote the text
      throw new MissingKeysException(
          where, "it does not hold keys of Assay", "Restore it from a copy.");
    }
  }
}

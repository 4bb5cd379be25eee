package dev.assay.keys.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.assay.keys.MissingKeysException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A key document under a data key (AES-256-GCM), and beside it that data key under a KMS key: KMS
 * itself takes no more than 4 KiB, which a ring outgrows by rotating.
 */
final class SealedDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;
  private static final byte[] CONTEXT = "assay keys".getBytes(StandardCharsets.UTF_8);

  private final String kmsKey;
  private final byte[] dataKey;
  private final byte[] document;

  private SealedDocument(String kmsKey, byte[] dataKey, byte[] document) {
    this.kmsKey = kmsKey;
    this.dataKey = dataKey;
    this.document = document;
  }

  /**
   * Seals a document.
   *
   * @param kmsKey the KMS key that {@code encryptedDataKey} is under
   * @param plainDataKey the same data key, which is not kept
   */
  static SealedDocument seal(
      String document, String kmsKey, byte[] plainDataKey, byte[] encryptedDataKey) {
    try {
      byte[] text = document.getBytes(StandardCharsets.UTF_8);
      return new SealedDocument(
          kmsKey, encryptedDataKey, new AesGcmJce(plainDataKey).encrypt(text, CONTEXT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keys could not be encrypted", e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param where the file, for the message
   * @throws MissingKeysException if the text is no sealed document
   */
  static SealedDocument parse(String where, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      int version = node.path("version").asInt();
      if (version > VERSION) {
        throw new MissingKeysException(
            where,
            "the file has version %d; expected %d".formatted(version, VERSION),
            "A newer Assay wrote it: use that one.");
      }
      if (version == VERSION) {
        return new SealedDocument(
            text(node, "kms_key"), bytes(node, "data_key"), bytes(node, "document"));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // the cause would quote the text
      throw notSealed(where);
    }
    throw notSealed(where);
  }

  /** The data key, as KMS encrypted it. */
  byte[] dataKey() {
    return dataKey;
  }

  /** The KMS key that the data key is under, as the file says; nothing vouches for it. */
  String kmsKey() {
    return kmsKey;
  }

  /**
   * The document.
   *
   * @throws MissingKeysException if it was changed, or belongs to another data key
   */
  String open(String where, byte[] plainDataKey) {
    try {
      return new String(
          new AesGcmJce(plainDataKey).decrypt(document, CONTEXT), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new MissingKeysException(
          where, "the encrypted keys are damaged", "Restore the file from a copy.");
    }
  }

  String text() {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(
              JSON.createObjectNode()
                  .put("version", VERSION)
                  .put("kms_key", kmsKey)
                  .put("data_key", Base64.getEncoder().encodeToString(dataKey))
                  .put("document", Base64.getEncoder().encodeToString(document)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  private static byte[] bytes(JsonNode node, String field) {
    return Base64.getDecoder().decode(text(node, field));
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asText();
    if (text.isEmpty()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return text;
  }

  private static MissingKeysException notSealed(String where) {
    return new MissingKeysException(
        where,
        "it does not hold keys encrypted with KMS",
        "Restore it from a copy; a plain key file needs a profile without kms-key.");
  }
}

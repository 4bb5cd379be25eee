package dev.assay.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two keysets, one for tokens (HMAC-SHA-256) and one for encryption (AES-256-GCM). The newest key
 * of a set is used; the older ones still decrypt. Immutable and safe for several threads;
 * serialised to executors with the key material, so only over connections that Spark protects.
 *
 * @param tokens Tink keyset as JSON; likewise {@code encryption}
 */
public record KeyRing(String tokens, String encryption) implements Serializable {
  private static final String TOKEN = "tok1_";
  private static final String CIPHER = "enc1_";
  private static final byte[] CONTEXT = "assay".getBytes(StandardCharsets.UTF_8);
  private static final ThreadLocal<@Nullable Opened> OPENED = new ThreadLocal<>();

  static {
    try {
      MacConfig.register();
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink cannot be set up", e);
    }
  }

  /** New keys. */
  public static KeyRing create() {
    try {
      return new KeyRing(
          text(KeysetHandle.generateNew(PredefinedMacParameters.HMAC_SHA256_256BITTAG)),
          text(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keys cannot be made", e);
    }
  }

  /** The same keys and a new one in each set, which is used from now on. */
  public KeyRing rotated() {
    return new KeyRing(
        rotated(tokens, PredefinedMacParameters.HMAC_SHA256_256BITTAG),
        rotated(encryption, PredefinedAeadParameters.AES256_GCM));
  }

  /** Whether a text looks like a token of any key ring. */
  public static boolean isToken(String text) {
    return text.startsWith(TOKEN);
  }

  /** Whether a text looks like a ciphertext of any key ring. */
  public static boolean isCiphertext(String text) {
    return text.startsWith(CIPHER);
  }

  /** Equal values, equal tokens, until the keys rotate. The first bytes carry the key's id. */
  public String token(String value) {
    try {
      return TOKEN + base64(opened().mac.computeMac(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a token could not be made", e);
    }
  }

  /** The tokens of a value under every key of the set, those that were rotated away too. */
  public Set<String> tokens(String value) {
    Set<String> all = new LinkedHashSet<>();
    try {
      KeysetHandle keys = handle(tokens);
      for (int index = 0; index < keys.size(); index++) {
        KeysetHandle.Entry entry = keys.getAt(index);
        KeysetHandle alone =
            KeysetHandle.newBuilder()
                .addEntry(
                    KeysetHandle.importKey(entry.getKey()).withFixedId(entry.getId()).makePrimary())
                .build();
        Mac mac = alone.getPrimitive(RegistryConfiguration.get(), Mac.class);
        all.add(TOKEN + base64(mac.computeMac(value.getBytes(StandardCharsets.UTF_8))));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a token could not be made", e);
    }
    return all;
  }

  /** Whether a text is a token of this value, under whatever key of the set. */
  public boolean isTokenOf(String token, String value) {
    if (!isToken(token)) {
      return false;
    }
    try {
      byte[] mac = Base64.getUrlDecoder().decode(token.substring(TOKEN.length()));
      opened().mac.verifyMac(mac, value.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // of another value, of other keys, or damaged
      return false;
    }
  }

  /** Authenticated encryption; each call gives another text. The first bytes carry the key's id. */
  public String encrypt(String value) {
    try {
      return CIPHER
          + base64(opened().aead.encrypt(value.getBytes(StandardCharsets.UTF_8), CONTEXT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a value could not be encrypted", e);
    }
  }

  /**
   * The value behind a ciphertext.
   *
   * @throws IllegalArgumentException if it is none, or was made with other keys
   */
  public String decrypt(String ciphertext) {
    if (!ciphertext.startsWith(CIPHER)) {
      throw new IllegalArgumentException(
          "the text is not a ciphertext: it must begin with " + CIPHER);
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(ciphertext.substring(CIPHER.length()));
      return new String(opened().aead.decrypt(bytes, CONTEXT), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the ciphertext was made with other keys, or is damaged", e);
    }
  }

  @Override
  public String toString() {
    return "KeyRing[…]";
  }

  private Opened opened() {
    Opened opened = OPENED.get();
    if (opened == null || !opened.ring.equals(this)) {
      opened = open();
      OPENED.set(opened);
    }
    return opened;
  }

  private Opened open() {
    try {
      return new Opened(
          this,
          handle(tokens).getPrimitive(RegistryConfiguration.get(), Mac.class),
          handle(encryption).getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the keysets cannot be used", e);
    }
  }

  private static String rotated(String keyset, Parameters parameters) {
    try {
      KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle(keyset));
      builder.addEntry(
          KeysetHandle.generateEntryFromParameters(parameters).withRandomId().makePrimary());
      return text(builder.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the keysets cannot be used", e);
    }
  }

  private static KeysetHandle handle(String keyset) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
  }

  private static String text(KeysetHandle handle) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private record Opened(KeyRing ring, Mac mac, Aead aead) {}
}

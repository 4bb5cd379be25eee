package dev.assay.keys.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.assay.cli.Moto;
import dev.assay.keys.KeyDocument;
import dev.assay.keys.KeyRing;
import dev.assay.keys.MissingKeysException;
import dev.assay.keys.files.KeyFile;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** Keys in a file under a KMS key of a real local server. */
class KmsKeysIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALIAS = "alias/assay";

  @TempDir static Path log;
  @TempDir Path folder;

  private static Moto moto;
  private static URI endpoint;
  private static String keyArn;

  private Path file;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    moto = Moto.start(log.resolve("moto.log"));
    endpoint = URI.create(moto.endpoint());
    try (KmsClient client = client()) {
      keyArn = client.createKey().keyMetadata().arn();
      client.createAlias(r -> r.aliasName(ALIAS).targetKeyId(keyArn));
      String other = client.createKey().keyMetadata().keyId();
      client.createAlias(r -> r.aliasName("alias/other").targetKeyId(other));
    }
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    moto.close();
  }

  @BeforeEach
  void nameFile() {
    file = folder.resolve("home/keys.json");
  }

  @Test
  void readsTheRingThatItWrote() throws IOException {
    KeyRing ring = KeyRing.create();
    assertThat(keys(ALIAS).exists()).isFalse();

    keys(ALIAS).save(ring);

    assertThat(keys(ALIAS).exists()).isTrue();
    assertThat(keys(ALIAS).load()).isEqualTo(ring);
    assertThat(keys(keyArn).load()).isEqualTo(ring);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    JsonNode written = JSON.readTree(Files.readString(file));
    assertThat(written.fieldNames())
        .toIterable()
        .containsExactly("version", "kms_key", "data_key", "document");
    assertThat(written.path("version").asInt()).isEqualTo(1);
    assertThat(written.path("kms_key").asText()).isEqualTo(keyArn);
    assertThat(new String(bytes(written, "document"), StandardCharsets.ISO_8859_1))
        .doesNotContain("tokens", "encryption");
  }

  @Test
  void keepsARingThatKmsItselfWouldNotTake() {
    KeyRing ring = KeyRing.create();
    while (KeyDocument.write(ring).length() <= 4096) {
      ring = ring.rotated();
    }

    keys(ALIAS).save(ring);

    assertThat(keys(ALIAS).load()).isEqualTo(ring);
  }

  @Test
  void takesANewDataKeyForEachSaving() throws IOException {
    KeyRing ring = KeyRing.create();
    keys(ALIAS).save(ring);
    JsonNode first = JSON.readTree(Files.readString(file));

    keys(ALIAS).save(ring);

    JsonNode second = JSON.readTree(Files.readString(file));
    assertThat(second.path("data_key")).isNotEqualTo(first.path("data_key"));
    assertThat(second.path("document")).isNotEqualTo(first.path("document"));
    assertThat(keys(ALIAS).load()).isEqualTo(ring);
  }

  @Test
  void bindsTheDataKeyToItsPurpose() throws IOException {
    keys(ALIAS).save(KeyRing.create());
    SdkBytes dataKey =
        SdkBytes.fromByteArray(bytes(JSON.readTree(Files.readString(file)), "data_key"));

    try (KmsClient client = client()) {
      assertThat(
              client
                  .decrypt(
                      r -> r.ciphertextBlob(dataKey).encryptionContext(Map.of("assay", "keys")))
                  .plaintext()
                  .asByteArray())
          .hasSize(32);
      assertThatThrownBy(() -> client.decrypt(r -> r.ciphertextBlob(dataKey)))
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void refusesWhatAnotherKeyEncrypted() {
    keys("alias/other").save(KeyRing.create());

    assertThatThrownBy(() -> keys(ALIAS).load())
        .isInstanceOf(MissingKeysException.class)
        .hasMessageMatching(
            "\\Q%s: KMS refused alias/assay (AccessDeniedException). Check that the profile's kms-key is the one that encrypted it (the file names arn:aws:kms:us-east-1:\\E.*\\Q), and that the role may call kms:Decrypt.\\E"
                .formatted(file));
  }

  @Test
  void refusesToWriteUnderAKeyThatIsNotThere() {
    KeyRing ring = KeyRing.create();
    keys(ALIAS).save(ring);

    assertThatThrownBy(() -> keys("alias/nowhere").save(KeyRing.create()))
        .isInstanceOf(MissingKeysException.class)
        .hasMessage(
            "%s: KMS refused alias/nowhere (NotFoundException). Check the profile's kms-key, and that the role may call kms:GenerateDataKey. Nothing was written.",
            file);
    assertThat(keys(ALIAS).load()).isEqualTo(ring);
  }

  @Test
  void saysWhenThereIsNoFile() {
    assertThatThrownBy(() -> keys(ALIAS).load())
        .isInstanceOf(MissingKeysException.class)
        .hasMessage(
            "%s: there is no key file, and keys are needed to protect or reveal. Make one with 'assay keys create', or copy the team's.",
            file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "{}",
        "{\"version\": 1, \"kms_key\": \"k\", \"data_key\": \"AAAA\"}",
        "{\"version\": 1, \"data_key\": \"AAAA\", \"document\": \"AAAA\"}",
        "{\"version\": 1, \"kms_key\": \"k\", \"data_key\": \"?\", \"document\": \"AAAA\"}"
      })
  void refusesAFileThatIsNoneOfItsOwn(String text) throws IOException {
    write(text);

    assertThatThrownBy(() -> keys(ALIAS).load())
        .isInstanceOf(MissingKeysException.class)
        .hasMessage(
            "%s: it does not hold keys encrypted with KMS. Restore it from a copy; a plain key file needs a profile without kms-key.",
            file);
  }

  @Test
  void doesNotMixWithPlainKeyFiles() {
    new KeyFile(file).save(KeyRing.create());
    assertThatThrownBy(() -> keys(ALIAS).load())
        .hasMessageStartingWith(file + ": it does not hold keys encrypted with KMS.");

    keys(ALIAS).save(KeyRing.create());
    assertThatThrownBy(() -> new KeyFile(file).load())
        .hasMessageStartingWith(file + ": it does not hold keys of Assay.");
  }

  @Test
  void refusesAFileOfALaterVersion() throws IOException {
    write("{\"version\": 2}");

    assertThatThrownBy(() -> keys(ALIAS).load())
        .isInstanceOf(MissingKeysException.class)
        .hasMessage(
            "%s: the file has version 2; expected 1. A newer Assay wrote it: use that one.", file);
  }

  @Test
  void noticesAChangedDocument() throws IOException {
    keys(ALIAS).save(KeyRing.create());
    ObjectNode changed = (ObjectNode) JSON.readTree(Files.readString(file));
    byte[] document = bytes(changed, "document");
    document[document.length / 2] ^= 1;
    write(changed.put("document", Base64.getEncoder().encodeToString(document)).toString());

    assertThatThrownBy(() -> keys(ALIAS).load())
        .isInstanceOf(MissingKeysException.class)
        .hasMessage("%s: the encrypted keys are damaged. Restore the file from a copy.", file);
  }

  @Test
  void aServerThatFailsOrIsNotThereIsWorthAnotherRun() throws IOException {
    KeyRing ring = KeyRing.create();
    keys(ALIAS).save(ring);
    HttpServer failing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    failing.createContext(
        "/",
        exchange -> {
          byte[] body =
              "{\"__type\": \"DependencyTimeoutException\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    failing.start();
    URI address = URI.create("http://127.0.0.1:" + failing.getAddress().getPort());
    KmsKeys keys = KmsKeys.open(file, ALIAS, Optional.of(address));
    try {
      assertUnanswered(keys);
    } finally {
      failing.stop(0);
    }
    assertUnanswered(keys);
    assertThat(keys(ALIAS).load()).isEqualTo(ring);
  }

  private void assertUnanswered(KmsKeys keys) {
    String message =
        "%s: KMS did not answer for alias/assay. Nothing was read or written; check network, region and credentials, and run again."
            .formatted(file);
    assertThatThrownBy(keys::load)
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessage(message);
    assertThatThrownBy(() -> keys.save(KeyRing.create())).hasMessage(message);
  }

  private KmsKeys keys(String kmsKey) {
    return KmsKeys.open(file, kmsKey, Optional.of(endpoint));
  }

  private static KmsClient client() {
    return KmsClient.builder()
        .endpointOverride(endpoint)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static byte[] bytes(JsonNode node, String field) {
    return Base64.getDecoder().decode(node.path(field).asText());
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

package dev.assay.keys.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.Moto;
import dev.assay.keys.KeyDocument;
import dev.assay.keys.KeyRing;
import dev.assay.keys.MissingKeysException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Keys in a secret of a real local server. */
class SecretKeysIT {
  @TempDir Path folder;

  @Test
  void readsTheRingThatTheSecretHolds() throws Exception {
    try (Moto moto = Moto.start(folder.resolve("moto.log"))) {
      URI endpoint = URI.create(moto.endpoint());
      KeyRing ring = KeyRing.create();
      try (SecretsManagerClient client =
          SecretsManagerClient.builder()
              .endpointOverride(endpoint)
              .httpClient(UrlConnectionHttpClient.create())
              .build()) {
        client.createSecret(r -> r.name("assay/keys").secretString(KeyDocument.write(ring)));
        client.createSecret(r -> r.name("other").secretString("not keys"));
      }

      KeyRing read = SecretKeys.open("assay/keys", Optional.of(endpoint)).load();

      assertThat(read.decrypt(ring.encrypt("value"))).isEqualTo("value");
      assertThat(read.token("value")).isEqualTo(ring.token("value"));
      assertThatThrownBy(() -> SecretKeys.open("nowhere", Optional.of(endpoint)).load())
          .isInstanceOf(MissingKeysException.class)
          .hasMessage(
              "Secret nowhere: Secrets Manager refused it (ResourceNotFoundException). Check the name, and that the role may call secretsmanager:GetSecretValue and kms:Decrypt.");
      assertThatThrownBy(() -> SecretKeys.open("other", Optional.of(endpoint)).load())
          .isInstanceOf(MissingKeysException.class)
          .hasMessage("Secret other: it does not hold keys of Assay. Restore it from a copy.");
    }
  }
}

package dev.assay.keys.secretsmanager;

import dev.assay.keys.KeyDocument;
import dev.assay.keys.KeyRing;
import dev.assay.keys.KeyStore;
import dev.assay.keys.MissingKeysException;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * Keys in one secret, whose text is that of a key file. Secrets Manager keeps it encrypted under a
 * KMS key; who may read the secret may reveal.
 */
public final class SecretKeys implements KeyStore {
  private final SecretsManagerClient client;
  private final String secret;

  /**
   * @param secret name or ARN
   */
  public SecretKeys(SecretsManagerClient client, String secret) {
    this.client = client;
    this.secret = secret;
  }

  /** With the default credentials and region; {@code endpoint} only for other servers than AWS. */
  public static SecretKeys open(String secret, Optional<URI> endpoint) {
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create());
    endpoint.ifPresent(builder::endpointOverride);
    return new SecretKeys(builder.build(), secret);
  }

  @Override
  public KeyRing load() {
    try {
      return KeyDocument.read(
          "Secret " + secret, client.getSecretValue(r -> r.secretId(secret)).secretString());
    } catch (AwsServiceException e) {
      throw new MissingKeysException(
          "Secret " + secret,
          "Secrets Manager refused it (%s)".formatted(e.awsErrorDetails().errorCode()),
          "Check the name, and that the role may call secretsmanager:GetSecretValue and kms:Decrypt.");
    } catch (SdkException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "Secret %s: Secrets Manager did not answer. Nothing was read; run again."
              .formatted(secret),
          e);
    }
  }
}

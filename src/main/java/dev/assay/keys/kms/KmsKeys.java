package dev.assay.keys.kms;

import dev.assay.keys.KeyDocument;
import dev.assay.keys.KeyRing;
import dev.assay.keys.MissingKeysException;
import dev.assay.keys.WritableKeyStore;
import dev.assay.keys.files.OwnerOnlyFile;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * Keys in a file that only its owner can read, encrypted under a KMS key; who has the file and may
 * decrypt with that key may reveal. Each saving takes a new data key. KMS that refuses is a {@link
 * MissingKeysException}, KMS that does not answer is worth another run; both leave the file as it
 * is.
 */
public final class KmsKeys implements WritableKeyStore {
  /** Bound to the data key: what was encrypted for something else does not pass for keys. */
  private static final Map<String, String> CONTEXT = Map.of("assay", "keys");

  private final OwnerOnlyFile file;
  private final String kmsKey;
  private final Supplier<KmsClient> clients;

  /**
   * @param kmsKey id, ARN or alias; the file cannot choose another
   * @param clients opens a client, which is closed after one question
   */
  public KmsKeys(Path file, String kmsKey, Supplier<KmsClient> clients) {
    this.file = new OwnerOnlyFile(file);
    this.kmsKey = kmsKey;
    this.clients = clients;
  }

  /** With the default credentials and region; {@code endpoint} only for other servers than AWS. */
  public static KmsKeys open(Path file, String kmsKey, Optional<URI> endpoint) {
    return new KmsKeys(
        file,
        kmsKey,
        () -> {
          KmsClientBuilder builder =
              KmsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
          endpoint.ifPresent(builder::endpointOverride);
          return builder.build();
        });
  }

  @Override
  public boolean exists() {
    return file.exists();
  }

  @Override
  public KeyRing load() {
    String where = file.path().toString();
    SealedDocument sealed = SealedDocument.parse(where, file.read());
    byte[] dataKey =
        ask(
            client ->
                client
                    .decrypt(
                        r ->
                            r.keyId(kmsKey)
                                .encryptionContext(CONTEXT)
                                .ciphertextBlob(SdkBytes.fromByteArray(sealed.dataKey())))
                    .plaintext()
                    .asByteArray(),
            "Check that the profile's kms-key is the one that encrypted it (the file names %s), and that the role may call kms:Decrypt."
                .formatted(sealed.kmsKey()));
    return KeyDocument.read(where, sealed.open(where, dataKey));
  }

  @Override
  public void save(KeyRing ring) {
    GenerateDataKeyResponse fresh =
        ask(
            client ->
                client.generateDataKey(
                    r -> r.keyId(kmsKey).encryptionContext(CONTEXT).keySpec(DataKeySpec.AES_256)),
            "Check the profile's kms-key, and that the role may call kms:GenerateDataKey. Nothing was written.");
    file.write(
        SealedDocument.seal(
                KeyDocument.write(ring),
                fresh.keyId(),
                fresh.plaintext().asByteArray(),
                fresh.ciphertextBlob().asByteArray())
            .text());
  }

  private <T> T ask(Function<KmsClient, T> question, String remedy) {
    try (KmsClient client = clients.get()) {
      return question.apply(client);
    } catch (AwsServiceException e) {
      if (e.statusCode() >= 500 || e.isThrottlingException()) {
        throw unanswered(e);
      }
      throw new MissingKeysException(
          file.path().toString(),
          "KMS refused %s (%s)".formatted(kmsKey, e.awsErrorDetails().errorCode()),
          remedy);
    } catch (SdkException e) {
      throw unanswered(e);
    }
  }

  private AssayException unanswered(SdkException cause) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: KMS did not answer for %s. Nothing was read or written; check network, region and credentials, and run again."
            .formatted(file.path(), kmsKey),
        cause);
  }
}

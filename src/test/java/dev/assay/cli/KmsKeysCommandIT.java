package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.ProfileReader;
import dev.assay.keys.KeyRing;
import dev.assay.model.job.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** The commands about keys, on a profile whose key file is encrypted with KMS. */
class KmsKeysCommandIT {
  /** Where the AWS SDK looks for KMS elsewhere than at AWS. */
  private static final String ENDPOINT = "aws.endpointUrlKms";

  @TempDir Path folder;

  private Moto moto;

  @BeforeEach
  void startServer() throws IOException, InterruptedException {
    moto = Moto.start(folder.resolve("moto.log"));
    System.setProperty(ENDPOINT, moto.endpoint());
    try (KmsClient client =
        KmsClient.builder()
            .endpointOverride(URI.create(moto.endpoint()))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      String key = client.createKey().keyMetadata().keyId();
      client.createAlias(r -> r.aliasName("alias/assay").targetKeyId(key));
    }
    Files.writeString(
        folder.resolve("kms.yaml"),
        """
        catalog: {name: lake, properties: {type: hadoop, warehouse: "${home}/w"}}
        keys: {file: "${home}/keys.json", kms-key: alias/assay}
        """);
  }

  @AfterEach
  void stopServer() throws InterruptedException {
    System.clearProperty(ENDPOINT);
    moto.close();
  }

  @Test
  void keysAreCreatedRotatedAndUsedAsInAPlainFile() throws IOException, InterruptedException {
    Path file = folder.resolve("home/keys.json");

    assertThat(run(0, "keys", "create")).startsWith(file + ": made. ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("\"kms_key\"").doesNotContain("\"tokens\"");
    assertThat(run(2, "keys", "create")).startsWith(file + ": there are keys already.");
    KeyRing made = Wiring.keys(profile()).load();

    assertThat(run(0, "keys", "rotate")).startsWith(file + ": rotated. ");

    KeyRing rotated = Wiring.keys(profile()).load();
    assertThat(rotated.token("value")).isNotEqualTo(made.token("value"));
    assertThat(run(0, "reveal", made.encrypt("first"), rotated.encrypt("second")))
        .isEqualTo("first\nsecond\n");
    assertThat(run(0, "doctor")).endsWith("✓ key file " + file + "\n");
    moto.close();
    assertThat(run(5, "doctor")).contains("✗ key file " + file, "KMS did not answer");
    assertThat(run(5, "keys", "rotate")).startsWith(file + ": KMS did not answer for alias/assay.");
  }

  private Profile profile() {
    return ProfileReader.load(folder.resolve("kms.yaml").toString(), folder.resolve("home"));
  }

  /** What a command says on either output. */
  private String run(int code, String... words) {
    StringWriter said = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(said, true));
    commands.setErr(new PrintWriter(said, true));
    String[] arguments = Arrays.copyOf(words, words.length + 4);
    arguments[words.length] = "--profile";
    arguments[words.length + 1] = folder.resolve("kms.yaml").toString();
    arguments[words.length + 2] = "--home";
    arguments[words.length + 3] = folder.resolve("home").toString();
    assertThat(commands.execute(arguments)).as(said.toString()).isEqualTo(code);
    return said.toString();
  }
}

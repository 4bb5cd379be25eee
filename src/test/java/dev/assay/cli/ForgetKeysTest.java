package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.erasure.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetKeysTest {
  @TempDir private Path folder;

  @Test
  void namesOfOnePersonComeFromEverywhere() throws Exception {
    Path file =
        Files.writeString(folder.resolve("request"), "mail = jo=x@example.com \n\ntok1_abc\n");

    assertThat(ForgetKeys.of(List.of("customer_id=4711"), List.of("tok1_def"), file))
        .containsExactly(
            new Identity("customer_id", "4711"),
            new Identity("", "tok1_def"),
            new Identity("mail", "jo=x@example.com"),
            new Identity("", "tok1_abc"));
  }

  @Test
  void theTextOfAnIdentityDoesNotShowIt() {
    assertThat(ForgetKeys.of(List.of("customer_id=4711"), List.of("tok1_def"), null).toString())
        .isEqualTo("[customer_id=…, a token]");
  }
}

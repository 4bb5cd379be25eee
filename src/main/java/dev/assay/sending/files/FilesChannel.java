package dev.assay.sending.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.sending.Channel;
import dev.assay.sending.Outgoing;
import dev.assay.sending.SendOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes {@code DELIVERY_KEY.json} for each message. A file appears whole or not at all, and a
 * repeat writes the same bytes under the same name, so there is one file per message however often
 * it is sent. Addresses are written as they come, tokens and ciphertexts included.
 */
public final class FilesChannel implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * @param folder made when the first message is sent
   */
  public FilesChannel(Path folder) {
    this.folder = folder;
  }

  @Override
  public SendOutcome send(Outgoing message) {
    Path file = folder.resolve(message.deliveryKey() + ".json");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Path unfinished = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
          Files.write(unfinished, content(message));
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(unfinished);
        }
      }
      return new SendOutcome.Sent(file.getFileName().toString());
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: a message cannot be written there (%s). Check the folder and its space, and run again; what is there stays valid."
              .formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  private static byte[] content(Outgoing message) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("delivery_key", message.deliveryKey());
    node.put("address", message.address());
    if (!message.campaign().isEmpty()) {
      node.put("campaign", message.campaign());
    }
    node.put("text", message.text());
    return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Repeats repeats() {
    return Repeats.ALWAYS;
  }

  @Override
  public boolean takesProtectedAddresses() {
    return true;
  }
}

package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A mail that a stub sent.
 *
 * @param messageId as it was answered, or would have been
 * @param to every address: to, copies and hidden copies
 * @param content as in the request: Simple, Raw or Template
 * @param tags EmailTags by name
 */
public record SentMail(
    String messageId, List<String> to, JsonNode content, Map<String, String> tags) {}

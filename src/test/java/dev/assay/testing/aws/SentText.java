package dev.assay.testing.aws;

import java.util.Map;

/**
 * A text message that a stub sent.
 *
 * @param messageId as it was answered, or would have been
 * @param body empty if the request had none
 */
public record SentText(
    String messageId, String destination, String body, Map<String, String> context) {}

package dev.assay.sending.ses;

import dev.assay.model.job.SendChannel;
import dev.assay.sending.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Contact;
import software.amazon.awssdk.services.sesv2.model.ListContactsResponse;
import software.amazon.awssdk.services.sesv2.model.ListSuppressedDestinationsResponse;
import software.amazon.awssdk.services.sesv2.model.SubscriptionStatus;
import software.amazon.awssdk.services.sesv2.model.TopicPreference;

/**
 * Who gets no mail: the account's suppression list, and contacts that opted out. SES takes mails to
 * them without a word and drops them, so they are asked for before. The lists are read as a whole,
 * because a question for each mail would be slower than the mails, and read anew every quarter of
 * an hour. Holds about a hundred bytes for each address. For one thread.
 */
final class Unreachable {
  /** How old an answer may be. */
  static final Duration FRESH = Duration.ofMinutes(15);

  private static final int PAGE = 1000;

  private final SesV2Client client;
  private final SendChannel.Mail settings;
  private final Clock clock;
  private Lists read = new Lists();
  private Lists reading = new Lists();
  private Instant until = Instant.MIN;

  /** What was read, and how far. */
  private static final class Lists {
    private final Set<Digest> suppressed = new HashSet<>();
    private final Set<Digest> optedOut = new HashSet<>();
    private boolean suppressedEnded;
    private boolean contactsEnded;
    private @Nullable String next;
  }

  Unreachable(SesV2Client client, SendChannel.Mail settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Why an address gets no mail; empty if it may.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if the lists cannot be read; the
   *     next call goes on with the page that failed
   */
  Optional<String> why(String address) {
    if (!clock.instant().isBefore(until)) {
      readOn();
      read = reading;
      reading = new Lists();
      until = clock.instant().plus(FRESH);
    }
    Digest digest = digest(address);
    if (read.suppressed.contains(digest)) {
      return Optional.of("suppressed");
    }
    return read.optedOut.contains(digest) ? Optional.of("opted out") : Optional.empty();
  }

  private void readOn() {
    while (!reading.suppressedEnded) {
      ListSuppressedDestinationsResponse page =
          client.listSuppressedDestinations(r -> r.pageSize(PAGE).nextToken(reading.next));
      page.suppressedDestinationSummaries()
          .forEach(each -> reading.suppressed.add(digest(each.emailAddress())));
      reading.next = page.nextToken();
      reading.suppressedEnded = page.nextToken() == null;
    }
    while (settings.contactList().isPresent() && !reading.contactsEnded) {
      ListContactsResponse page =
          client.listContacts(
              r ->
                  r.contactListName(settings.contactList().get())
                      .pageSize(PAGE)
                      .nextToken(reading.next));
      page.contacts().stream()
          .filter(this::isOptedOut)
          .forEach(contact -> reading.optedOut.add(digest(contact.emailAddress())));
      reading.next = page.nextToken();
      reading.contactsEnded = page.nextToken() == null;
    }
  }

  /** From everything, or from the topic: by the contact's own word, or else by the topic's. */
  private boolean isOptedOut(Contact contact) {
    if (Boolean.TRUE.equals(contact.unsubscribeAll())) {
      return true;
    }
    return settings
        .topic()
        .flatMap(
            topic ->
                status(contact.topicPreferences(), topic)
                    .or(() -> status(contact.topicDefaultPreferences(), topic)))
        .filter(status -> status == SubscriptionStatus.OPT_OUT)
        .isPresent();
  }

  private static Optional<SubscriptionStatus> status(
      List<TopicPreference> preferences, String topic) {
    return preferences.stream()
        .filter(preference -> topic.equals(preference.topicName()))
        .map(TopicPreference::subscriptionStatus)
        .findFirst();
  }

  private static Digest digest(String address) {
    return Digest.of(address.strip().toLowerCase(Locale.ROOT));
  }
}

package dev.assay.sending;

import dev.assay.model.job.Send;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One look at every message, before any is sent: what may go, and what the gate says. */
final class Survey {
  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private final Map<String, Campaign> campaigns = new TreeMap<>();
  private final Set<String> held = new LinkedHashSet<>();
  private final List<String> gateReasons = new ArrayList<>();
  private long messages;
  private long duplicates;

  private static final class Campaign {
    private final Map<Digest, Channel.Repeats> compliant = new HashMap<>();
    private long messages;
    private long restricted;
    private long review;
  }

  private Survey() {}

  /**
   * Looks at everything, addresses included, and holds what the gate holds.
   *
   * @throws dev.assay.model.AssayException if something stands in the way of any message
   */
  static Survey of(MessageSource source, Judge judge, Send.Limits limits) {
    Survey survey = new Survey();
    try (MessageSource.Pass pass = source.read()) {
      pass.forEachRemaining(message -> survey.add(message, judge));
    }
    CampaignGate gate = new CampaignGate(limits);
    survey.campaigns.forEach(
        (name, campaign) -> {
          List<String> reasons =
              gate.reasons(name, campaign.messages, campaign.restricted, campaign.review);
          if (!reasons.isEmpty()) {
            survey.held.add(name);
            survey.gateReasons.addAll(reasons);
          }
        });
    return survey;
  }

  private void add(MessageRow message, Judge judge) {
    Campaign campaign = campaigns.computeIfAbsent(message.campaign(), name -> new Campaign());
    Fate fate = judge.fate(message);
    messages++;
    campaign.messages++;
    if (fate == Fate.COMPLIANT) {
      Outgoing outgoing = judge.outgoing(message);
      Channel.Repeats repeats = judge.channel(message).repeats();
      if (campaign.compliant.put(Digest.ofHex(outgoing.deliveryKey()), repeats) != null) {
        duplicates++;
        return;
      }
    }
    campaign.restricted += fate == Fate.RESTRICTED ? 1 : 0;
    campaign.review += fate == Fate.REVIEW ? 1 : 0;
    fates.merge(fate, 1L, Long::sum);
  }

  boolean holds(String campaign) {
    return held.contains(campaign);
  }

  List<String> gateReasons() {
    return List.copyOf(gateReasons);
  }

  long messages() {
    return messages;
  }

  /** Rows that repeat a message with the same text. */
  long duplicates() {
    return duplicates;
  }

  Map<Fate, Long> fates() {
    return fates;
  }

  /** Hears of every compliant message, whether its campaign is held. */
  @FunctionalInterface
  interface Compliant {
    void message(Digest delivery, Channel.Repeats repeats, boolean held);
  }

  void forEach(Compliant hearer) {
    campaigns.forEach(
        (name, campaign) -> {
          boolean isHeld = held.contains(name);
          campaign.compliant.forEach(
              (delivery, repeats) -> hearer.message(delivery, repeats, isHeld));
        });
  }
}

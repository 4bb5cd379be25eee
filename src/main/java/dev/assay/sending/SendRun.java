package dev.assay.sending;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Send;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One call of a send job: look at everything, ask the gate, then chunk by chunk announce, send,
 * record.
 *
 * <p>A message is sent only by the process whose announcement of it is in the ledger, and an
 * announcement is refused if any other process wrote about the job meanwhile. So several processes
 * may send the same job at once. What was announced and has no end in the ledger is not sent again,
 * unless its channel makes repeats harmless or the caller wants it.
 */
public final class SendRun {
  private final Send job;
  private final MessageSource source;
  private final Sendings ledger;
  private final Judge judge;
  private final Clock clock;
  private final SendListener listener;
  private final ChunkSender sender;
  private final Set<Digest> tried = new HashSet<>();
  private SendingStates states = new SendingStates();
  private SendOptions options = SendOptions.USUAL;
  private long due;
  private long fetched;
  private long done;

  /**
   * @param channels by the names the job gives them; those that are {@code none} left out
   */
  public SendRun(
      Send job,
      VerdictBook verdicts,
      MessageSource source,
      Sendings ledger,
      Map<String, Channel> channels,
      Protection protection,
      Clock clock,
      Patience patience,
      SendListener listener) {
    this.job = job;
    this.source = source;
    this.ledger = ledger;
    this.judge = new Judge(job, verdicts, channels, protection);
    this.clock = clock;
    this.listener = listener;
    this.sender = new ChunkSender(clock, patience);
  }

  /** Ends the sending after the message that is under way. Safe for any thread. */
  public void stop() {
    sender.stop();
  }

  /**
   * Sends what is due. To be called once.
   *
   * @return what was found and done, also if the channel failed on the way
   * @throws dev.assay.model.AssayException if something stood in the way before anything was sent
   */
  public SendSummary run(SendOptions how) {
    options = how;
    states = ledger.read();
    Survey seen = Survey.of(source, judge, job.gate());
    Tally before = Tally.of(seen, states, tried, clock.instant(), this::isDue);
    due = Math.min(before.due(), options.limit());
    listener.reached(SendListener.Point.SURVEYED, 0, due);
    if (!options.dryRun() && due > 0) {
      sendAll(seen);
    }
    return Tally.of(seen, states, tried, clock.instant(), this::isDue)
        .summary(seen, before.due(), sender.failure());
  }

  private void sendAll(Survey seen) {
    List<Sending> ended = new ArrayList<>();
    try (MessageSource.Pass pass = source.read()) {
      List<MessageRow> next = fetch(pass, seen);
      while (!next.isEmpty()) {
        List<ChunkSender.Announced> announced = announce(next, ended);
        // before sending, so that nothing stands between what was sent and its record
        next = fetchOrRelease(pass, seen, announced);
        ended = sender.send(announced, this::messageDone);
        if (!announced.isEmpty()) {
          reached(SendListener.Point.BEFORE_OUTCOME);
        }
        if (sender.stopped()) {
          next = List.of();
        }
      }
    }
    announce(List.of(), ended);
  }

  private List<MessageRow> fetchOrRelease(
      MessageSource.Pass pass, Survey seen, List<ChunkSender.Announced> announced) {
    try {
      return fetch(pass, seen);
    } catch (RuntimeException e) {
      announce(List.of(), sender.released(announced, "the messages could not be read on"));
      throw e;
    }
  }

  private List<MessageRow> fetch(MessageSource.Pass pass, Survey seen) {
    List<MessageRow> chunk = new ArrayList<>();
    Instant now = clock.instant();
    while (chunk.size() < job.chunk() && fetched < options.limit() && pass.hasNext()) {
      MessageRow message = pass.next();
      if (judge.fate(message) == Fate.COMPLIANT
          && !seen.holds(message.campaign())
          && isDue(
              Digest.ofHex(judge.deliveryKey(message)), judge.channel(message).repeats(), now)) {
        chunk.add(message);
        fetched++;
      }
    }
    return chunk;
  }

  /** Records what became of the last chunk, and announces the next, in one commit. */
  private List<ChunkSender.Announced> announce(List<MessageRow> chunk, List<Sending> ended) {
    while (true) {
      List<ChunkSender.Announced> announced = announced(chunk);
      List<Sending> lines = new ArrayList<>(ended);
      announced.forEach(message -> lines.add(message.intent()));
      if (lines.isEmpty()) {
        return List.of();
      }
      if (!announced.isEmpty()) {
        reached(SendListener.Point.BEFORE_INTENT);
      }
      if (add(lines, ended.size())) {
        lines.forEach(states::add);
        announced.forEach(message -> tried.add(Digest.ofHex(message.intent().deliveryKey())));
        reached(
            announced.isEmpty()
                ? SendListener.Point.AFTER_OUTCOME
                : SendListener.Point.AFTER_INTENT);
        return announced;
      }
      // another process wrote: what it announced is no longer ours to send
      states = ledger.read();
    }
  }

  private boolean add(List<Sending> lines, int sent) {
    try {
      return ledger.add(lines);
    } catch (RuntimeException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the ledger of sendings cannot be written to (%s). What became of %d messages is not recorded; the next call lists them as unknown."
              .formatted(job.file(), e.getClass().getSimpleName(), sent),
          e);
    }
  }

  private List<ChunkSender.Announced> announced(List<MessageRow> chunk) {
    Instant now = clock.instant();
    Instant deadline = now.plus(options.lease());
    Set<Digest> chosen = new HashSet<>();
    List<ChunkSender.Announced> announced = new ArrayList<>();
    for (MessageRow message : chunk) {
      Outgoing outgoing = judge.outgoing(message);
      Digest delivery = Digest.ofHex(outgoing.deliveryKey());
      Channel channel = judge.channel(message);
      if (isDue(delivery, channel.repeats(), now) && chosen.add(delivery)) {
        Sending intent =
            new Sending(
                message.key(),
                outgoing.deliveryKey(),
                message.contentHash(),
                message.campaign(),
                judge.channelOf(message),
                states.attempts(delivery) + 1,
                Sending.State.INTENT,
                "",
                "",
                now,
                Optional.of(deadline));
        announced.add(new ChunkSender.Announced(intent, outgoing, channel, deadline));
      }
    }
    return announced;
  }

  private boolean isDue(Digest delivery, Channel.Repeats repeats, Instant now) {
    if (tried.contains(delivery)) {
      return false;
    }
    SendingStates.Last last = states.of(delivery).orElse(null);
    if (last == null || last.state() == Sending.State.RELEASED) {
      return true;
    }
    return last.isUnknown()
        && (repeats == Channel.Repeats.ALWAYS
            || (options.resendUnknown() && !last.mayBeUnderWay(now)));
  }

  private void messageDone() {
    done++;
    reached(SendListener.Point.MESSAGE_DONE);
  }

  private void reached(SendListener.Point point) {
    listener.reached(point, done, due);
  }
}

package dev.assay.messages.comprehend;

import dev.assay.messages.Bill;
import dev.assay.messages.PersonalData;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.PiiEntity;

/**
 * Has Comprehend look for personal data, in English and Spanish.
 *
 * <p>All threads of a process share one client and its part of {@code personal-data-per-second}.
 * Texts over 100 KB are looked through in pieces that end at spaces. Nothing is kept: asking about
 * a text again is paid again. Each call is in a journal before it is sent, so that what a killed
 * run has spent, calls in flight included, is known to the next one (in S3, but for the last
 * second).
 */
public final class ComprehendPersonalData implements PersonalData {
  private static final long serialVersionUID = 1L;

  /** What a text may have: 100 KB, by the smaller of both meanings of K. */
  private static final int BYTES = 100_000;

  private static final Set<String> LANGUAGES = Set.of("en", "es");

  /** Of this process: Spark copies this object into every task. */
  private static final Map<Shared.Key, Shared> SHARED = new ConcurrentHashMap<>();

  private final Shared.Key key;
  private final String language;
  private final Price price;
  private final Journal journal;
  private final String run =
      UUID.randomUUID().toString().substring(0, JournalledCharges.RUN_DIGITS);

  /** What a search costs, as the profile's price list says, and how many go in a second. */
  private record Price(
      int unitCharacters,
      int minimumUnits,
      BigDecimal unit,
      String currency,
      double searchesPerSecond)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    static Price of(ComprehendSettings settings) {
      ComprehendPrices prices = new Charges(settings).prices();
      return new Price(
          prices.unitCharacters(),
          prices.minimumUnits(),
          prices.personalDataUnit(),
          prices.currency(),
          settings.personalDataPerSecond());
    }

    long units(long characters) {
      return Math.max(minimumUnits, (characters + unitCharacters - 1) / unitCharacters);
    }

    Bill bill(long searches, long units) {
      BigDecimal cost = unit.multiply(BigDecimal.valueOf(units));
      return new Bill(
          0,
          0,
          searches,
          units,
          cost.signum() == 0 ? BigDecimal.ZERO : cost,
          currency,
          Duration.ofMillis((long) Math.ceil(searches / searchesPerSecond * 1000)));
    }
  }

  /** A client and a pace. */
  private record Shared(ComprehendClient client, Pace pace, Attempts attempts) {
    private record Key(Connection connection, double perSecond) implements java.io.Serializable {
      private static final long serialVersionUID = 1L;
    }

    static Shared open(Key key) {
      // how many characters is not limited
      ComprehendRate rate = new ComprehendRate(Integer.MAX_VALUE, key.perSecond());
      return new Shared(
          key.connection().open(), new Pace(rate, System::nanoTime), Attempts.usual());
    }
  }

  private ComprehendPersonalData(Shared.Key key, String language, Price price, Journal journal) {
    this.key = key;
    this.language = language;
    this.price = price;
    this.journal = journal;
  }

  /**
   * Asks as a profile says, with a part of the quota for each of Spark's executors.
   *
   * @param languages of the job; the first one that the service has is what it is told
   * @param home of the profile, for the journal as {@link ComprehendEndpoint#open} has it
   * @param owner the job whose journal it is
   * @throws AssayException if the service has none of the languages, Spark speculates, or the
   *     journal lies on one machine of a cluster
   */
  public static ComprehendPersonalData open(
      SparkSession spark,
      ComprehendSettings settings,
      List<String> languages,
      Path home,
      String owner) {
    Journal journal = Journal.open(spark, Journal.place(settings, home, owner), "personal-data");
    int executors = Math.max(1, spark.sparkContext().getExecutorMemoryStatus().size() - 1);
    return of(settings, languages, executors, journal);
  }

  /** Between so many processes. */
  static ComprehendPersonalData of(
      ComprehendSettings settings, List<String> languages, int processes, Journal journal) {
    String language =
        languages.stream()
            .filter(LANGUAGES::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.WRONG_FILES,
                        "The job's languages are %s. Comprehend finds personal data in en and es only; use 'personal-data: local'."
                            .formatted(languages)));
    return new ComprehendPersonalData(
        new Shared.Key(Connection.of(settings), settings.personalDataPerSecond() / processes),
        language,
        Price.of(settings),
        journal);
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException if the service does not answer or refuses; a repeat asks again
   */
  @Override
  public List<Finding> in(String text) {
    try (Searcher alone = open(UUID.randomUUID().toString())) {
      return alone.in(text);
    }
  }

  @Override
  public Searcher open(String task) {
    return new JournalledSearcher(journal.open(run, task, 0));
  }

  @Override
  public boolean isPaid() {
    return true;
  }

  /** In the time that the quota leaves. */
  @Override
  public Bill estimate(long documents, long characters) {
    return price.bill(
        documents, documents * price.minimumUnits() + characters / price.unitCharacters());
  }

  @Override
  public Bill spent() {
    return bill(charges().own());
  }

  @Override
  public Bill leftBehind() {
    return bill(charges().left().tally());
  }

  @Override
  public void recorded() {
    charges().delete();
  }

  private JournalledCharges charges() {
    return new JournalledCharges(journal, run);
  }

  private Bill bill(Tally tally) {
    return price.bill(tally.calls(), tally.units());
  }

  /** Asks about one text after the other, and writes down each call before it is sent. */
  private final class JournalledSearcher implements Searcher {
    private final JournalWriter writer;

    JournalledSearcher(JournalWriter writer) {
      this.writer = writer;
    }

    @Override
    public List<Finding> in(String text) {
      List<Finding> found = new ArrayList<>();
      int codePoints = 0;
      for (int begin = 0; begin < text.length(); ) {
        int end = pieceEnd(text, begin);
        String piece = text.substring(begin, end);
        if (!piece.isBlank()) {
          for (PiiEntity entity : ask(piece)) {
            found.add(
                new Finding(
                    entity.typeAsString(),
                    codePoints + entity.beginOffset(),
                    codePoints + entity.endOffset()));
          }
        }
        codePoints += piece.codePointCount(0, piece.length());
        begin = end;
      }
      return withoutOverlaps(found);
    }

    private List<PiiEntity> ask(String piece) {
      long characters = piece.codePointCount(0, piece.length());
      Shared shared = SHARED.computeIfAbsent(key, Shared::open);
      Attempts.Watch watch =
          new Attempts.Watch() {
            @Override
            public void beforeRepeat() {
              Pause.SLEEP.of(Duration.ofNanos(shared.pace().take(0)));
              write(charge(characters));
            }

            @Override
            public void after(boolean throttled) {
              if (throttled) {
                shared.pace().throttled();
                write(charge(characters).takenBack(System.currentTimeMillis()));
              }
            }
          };
      watch.beforeRepeat();
      try {
        return shared
            .attempts()
            .ask(
                watch,
                () ->
                    shared
                        .client()
                        .detectPiiEntities(r -> r.text(piece).languageCode(language))
                        .entities());
      } catch (SdkException e) {
        throw Failures.of(e, "Personal data", "DetectPiiEntities", "");
      }
    }

    private Charge charge(long characters) {
      return new Charge(1, characters, price.units(characters), System.currentTimeMillis());
    }

    private void write(Charge charge) {
      try {
        writer.add(charge);
      } catch (IOException e) {
        throw new UncheckedIOException("the journal of charges cannot be written", e);
      }
    }

    @Override
    public void close() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the journal of charges cannot be written", e);
      }
    }
  }

  private static int pieceEnd(String text, int begin) {
    int end = Cut.end(text, begin, BYTES);
    if (end == text.length()) {
      return end;
    }
    int space = text.lastIndexOf(' ', end - 1);
    return space > begin ? space : end;
  }

  private static List<Finding> withoutOverlaps(List<Finding> found) {
    found.sort(
        Comparator.comparingInt(Finding::begin)
            .thenComparing(Comparator.comparingInt(Finding::end).reversed()));
    List<Finding> apart = new ArrayList<>();
    int last = 0;
    for (Finding finding : found) {
      if (finding.begin() >= last) {
        apart.add(finding);
        last = finding.end();
      }
    }
    return apart;
  }
}

package dev.assay.messages.comprehend;

import dev.assay.messages.Bill;
import dev.assay.messages.PersonalData;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.PiiEntity;

/**
 * Has Comprehend look for personal data, in English and Spanish.
 *
 * <p>All threads of a process share one client and its part of {@code personal-data-per-second}.
 * Texts over 100 KB are looked through in pieces that end at spaces. Nothing is kept: asking about
 * a text again is paid again. What was spent by a process that is killed is not known.
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

  private ComprehendPersonalData(Shared.Key key, String language, Price price) {
    this.key = key;
    this.language = language;
    this.price = price;
  }

  /**
   * Asks as a profile says.
   *
   * @param languages of the job; the first one that the service has is what it is told
   * @param processes between which the quota is divided: Spark's executors, at least 1
   * @throws AssayException if the service has none of the languages
   */
  public static ComprehendPersonalData of(
      ComprehendSettings settings, List<String> languages, int processes) {
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
        new Shared.Key(
            Connection.of(settings), settings.personalDataPerSecond() / Math.max(1, processes)),
        language,
        Price.of(settings));
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException if the service does not answer or refuses; a repeat asks again
   */
  @Override
  public List<Finding> in(String text) {
    Search search = search(text);
    if (search.failure().isPresent()) {
      throw search.failure().get();
    }
    return search.findings();
  }

  @Override
  public Search search(String text) {
    Spent spent = new Spent();
    try {
      return new Search(found(text, spent), spent.effort, Optional.empty());
    } catch (AssayException e) {
      return new Search(List.of(), spent.effort, Optional.of(e));
    }
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
  public Bill spent(Effort effort) {
    return price.bill(effort.calls(), effort.units());
  }

  private List<Finding> found(String text, Spent spent) {
    List<Finding> found = new ArrayList<>();
    int codePoints = 0;
    for (int begin = 0; begin < text.length(); ) {
      int end = pieceEnd(text, begin);
      String piece = text.substring(begin, end);
      if (!piece.isBlank()) {
        for (PiiEntity entity : ask(piece, spent)) {
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

  /** What was sent for one text; throttled calls cost nothing. */
  private static final class Spent {
    private Effort effort = Effort.NONE;
  }

  private List<PiiEntity> ask(String piece, Spent spent) {
    long characters = piece.codePointCount(0, piece.length());
    Shared shared = SHARED.computeIfAbsent(key, Shared::open);
    Attempts.Watch watch =
        new Attempts.Watch() {
          @Override
          public void beforeRepeat() {
            Pause.SLEEP.of(Duration.ofNanos(shared.pace().take(0)));
          }

          @Override
          public void after(boolean throttled) {
            if (throttled) {
              shared.pace().throttled();
            } else {
              spent.effort = spent.effort.plus(new Effort(1, characters, price.units(characters)));
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

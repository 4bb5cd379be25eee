package dev.assay.messages.comprehend;

import dev.assay.messages.PersonalData;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 * a text again is paid again.
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

  private ComprehendPersonalData(Shared.Key key, String language) {
    this.key = key;
    this.language = language;
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
        language);
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException if the service does not answer or refuses; a repeat asks again
   */
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

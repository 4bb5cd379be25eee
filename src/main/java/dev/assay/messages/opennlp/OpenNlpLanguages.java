package dev.assay.messages.opennlp;

import dev.assay.messages.Languages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** Detects 183 languages; the model is read once per process, when it is first needed. */
public final class OpenNlpLanguages implements Languages {
  private static final long serialVersionUID = 1;

  @Override
  public Guess of(String text, Collection<String> allowed) {
    if (text.isBlank()) {
      return Guess.UNKNOWN;
    }
    // likeliest first
    Language[] languages = Model.DETECTOR.predictLanguages(text);
    for (Language language : languages) {
      if (allowed.contains(code(language))) {
        double odds = languages[0].getConfidence() / language.getConfidence();
        return new Guess(code(languages[0]), odds);
      }
    }
    return new Guess(code(languages[0]), Double.POSITIVE_INFINITY);
  }

  private static String code(Language language) {
    return Model.CODES.getOrDefault(language.getLang(), language.getLang());
  }

  /** Loaded by whoever asks first. */
  private static final class Model {
    static final LanguageDetector DETECTOR = load();
    static final Map<String, String> CODES = codes();

    private static LanguageDetector load() {
      try (InputStream model = Model.class.getResourceAsStream("/langdetect-183.bin")) {
        if (model == null) {
          throw new IllegalStateException("the language model is not on the class path");
        }
        return new LanguageDetectorME(new LanguageDetectorModel(model));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the language model", e);
      }
    }

    /** Two letters by three, and the individual languages that stand for a macro-language. */
    private static Map<String, String> codes() {
      Map<String, String> codes = new HashMap<>();
      for (String two : Locale.getISOLanguages()) {
        try {
          codes.put(Locale.forLanguageTag(two).getISO3Language(), two);
        } catch (MissingResourceException e) {
          continue;
        }
      }
      codes.put("cmn", "zh");
      codes.put("ekk", "et");
      codes.put("lvs", "lv");
      codes.put("pes", "fa");
      codes.put("zlm", "ms");
      codes.put("nob", "nb");
      return codes;
    }
  }
}

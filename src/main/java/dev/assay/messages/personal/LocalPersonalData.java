package dev.assay.messages.personal;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.assay.messages.PersonalData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.InetAddressValidator;

/**
 * Finds what has a form: e-mail addresses, telephone numbers (libphonenumber), cards and IBANs by
 * their checksums, vehicle identification numbers, number plates, IP addresses, US social security
 * numbers. Names and postal addresses have none and are not found; Comprehend finds them.
 */
public final class LocalPersonalData implements PersonalData {
  private static final long serialVersionUID = 1;

  private static final String SEPARATORS = " -.";

  /** Fewest digits of a telephone number that is worth looking for. */
  private static final int PHONE_DIGITS = 7;

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "EMAIL",
              "[\\p{Alnum}._%+-]{1,64}@[\\p{Alnum}.-]{3,253}[\\p{Alnum}]",
              EmailValidator.getInstance()::isValid),
          new Kind(
              "INTERNATIONAL_BANK_ACCOUNT_NUMBER",
              "\\b[A-Z]{2}\\d{2}(?:[ ]?[A-Z0-9]){11,30}\\b",
              iban -> IBANValidator.getInstance().isValid(iban.replace(" ", ""))),
          new Kind(
              "CREDIT_DEBIT_NUMBER",
              "(?<![\\d.])\\d(?:[ -]?\\d){12,18}(?![\\d.]\\d|\\d)",
              card -> card(card.replaceAll("[ -]", ""))),
          new Kind(
              "VEHICLE_IDENTIFICATION_NUMBER", "\\b[A-HJ-NPR-Z0-9]{13}\\d{4}\\b", Vin::isLikely),
          new Kind(
              "SSN",
              "(?<![\\d-])(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\d-])",
              any -> true),
          new Kind(
              "IP_ADDRESS",
              "(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.])",
              InetAddressValidator.getInstance()::isValidInet4Address),
          // Germany, Britain, France and Italy; elsewhere plates look like any other word
          new Kind(
              "LICENSE_PLATE",
              "\\b(?:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\\d{1,4}[EH]?|[A-Z]{2}\\d{2} ?[A-Z]{3}|[A-Z]{2}-\\d{3}-[A-Z]{2})\\b",
              any -> true),
          new Kind(
              "LICENSE_PLATE",
              "(?i)\\b(?:licen[cs]e plate|number plate|plate|registration|reg)(?: number| no\\.?)?:? (?-i:(?<value>(?=[A-Z0-9 -]*\\d)[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,5}))\\b",
              any -> true));

  private final String region;

  /**
   * @param region where telephone numbers without a country code are from, as ISO 3166 in two
   *     letters
   */
  public LocalPersonalData(String region) {
    this.region = region;
  }

  @Override
  public List<Finding> in(String text) {
    List<Span> spans = new ArrayList<>();
    for (Kind kind : KINDS) {
      kind.find(text, spans);
    }
    phones(text, spans);
    spans.sort(Comparator.comparingInt(Span::begin));
    return spans.stream()
        .map(
            span ->
                new Finding(
                    span.type(),
                    text.codePointCount(0, span.begin()),
                    text.codePointCount(0, span.end())))
        .toList();
  }

  private void phones(String text, List<Span> spans) {
    if (text.chars().filter(Character::isDigit).count() < PHONE_DIGITS) {
      return;
    }
    for (PhoneNumberMatch match : PhoneNumberUtil.getInstance().findNumbers(text, region)) {
      new Span("PHONE", match.start(), match.end()).addTo(spans);
    }
  }

  private static boolean card(String digits) {
    return Cards.VALIDATOR.isValid(digits);
  }

  /** Made when the first card is looked at. */
  private static final class Cards {
    static final CreditCardValidator VALIDATOR = CreditCardValidator.genericCreditCardValidator();
  }

  /** A form of personal data; the check decides about what has the form. */
  private record Kind(String type, Pattern form, Predicate<String> check) {
    Kind(String type, String form, Predicate<String> check) {
      this(type, Pattern.compile(form), check);
    }

    void find(String text, List<Span> spans) {
      Matcher matcher = form.matcher(text);
      boolean named = form.pattern().contains("(?<value>");
      int from = 0;
      while (from <= text.length() && matcher.find(from)) {
        int begin = named ? matcher.start("value") : matcher.start();
        int end = named ? matcher.end("value") : matcher.end();
        Optional<Span> span =
            check.test(text.substring(begin, end))
                ? Optional.of(new Span(type, begin, end))
                : within(text, begin, end);
        span.ifPresent(found -> found.addTo(spans));
        from = Math.max(span.map(Span::end).orElse(end), from + 1);
      }
    }

    /**
     * A form takes all that it can, also what only stands beside: the date after the number of a
     * card. So parts between separators are tried too, the longest first.
     */
    private Optional<Span> within(String text, int begin, int end) {
      List<Integer> begins = new ArrayList<>(List.of(begin));
      List<Integer> ends = new ArrayList<>(List.of(end));
      for (int place = begin; place < end; place++) {
        if (SEPARATORS.indexOf(text.charAt(place)) >= 0) {
          begins.add(place + 1);
          ends.add(place);
        }
      }
      List<Span> parts = new ArrayList<>();
      for (int first : begins) {
        for (int last : ends) {
          if (first < last) {
            parts.add(new Span(type, first, last));
          }
        }
      }
      return parts.stream()
          .sorted(Comparator.comparingInt(Span::length).reversed())
          .filter(
              part -> {
                String value = text.substring(part.begin(), part.end());
                return form.matcher(value).matches() && check.test(value);
              })
          .findFirst();
    }
  }

  /** In UTF-16 units. What was found first stays. */
  private record Span(String type, int begin, int end) {
    int length() {
      return end - begin;
    }

    void addTo(List<Span> spans) {
      boolean free = spans.stream().noneMatch(other -> begin < other.end && other.begin < end);
      if (free) {
        spans.add(this);
      }
    }
  }
}

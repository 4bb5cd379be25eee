package dev.assay.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.erasure.Person.Look;
import dev.assay.keys.KeyRing;
import dev.assay.model.AssayException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonTest {
  private static final KeyRing OLD = KeyRing.create();
  private static final KeyRing RING = OLD.rotated();
  private static final Identity MAIL = new Identity("mail", "jo@example.com");

  private final Person known = new Person(List.of(MAIL), Optional.of(RING));
  private final Person unknown = new Person(List.of(MAIL), Optional.empty());

  @Test
  void aClearKeyIsFoundInClearAsATokenOfAnyKeyAndEncrypted() {
    assertThat(known.inColumn("mail", "jo@example.com", false)).isEqualTo(Look.YES);
    assertThat(known.inColumn("Mail", RING.token("jo@example.com"), false)).isEqualTo(Look.YES);
    assertThat(known.inColumn("mail", OLD.token("jo@example.com"), false)).isEqualTo(Look.YES);
    assertThat(known.inColumn("mail", OLD.encrypt("jo@example.com"), false)).isEqualTo(Look.YES);
    assertThat(known.inColumn("renamed", OLD.token("jo@example.com"), false)).isEqualTo(Look.YES);
  }

  @Test
  void othersAreNotFound() {
    assertThat(known.inColumn("mail", null, false)).isEqualTo(Look.NO);
    assertThat(known.inColumn("mail", "Jo@example.com", false)).isEqualTo(Look.NO);
    assertThat(known.inColumn("other", "jo@example.com", false)).isEqualTo(Look.NO);
    assertThat(known.inColumn("mail", RING.token("bo@example.com"), false)).isEqualTo(Look.NO);
    assertThat(known.inColumn("mail", RING.encrypt("bo@example.com"), false)).isEqualTo(Look.NO);
  }

  @Test
  void numbersAreEqualHoweverTheyAreWritten() {
    Person numbered = new Person(List.of(new Identity("id", "4711")), Optional.empty());

    assertThat(numbered.inColumn("id", "4711.00", true)).isEqualTo(Look.YES);
    assertThat(numbered.inColumn("id", "4711.00", false)).isEqualTo(Look.NO);
    assertThat(numbered.inColumn("id", "4712", true)).isEqualTo(Look.NO);
    assertThat(
            new Person(List.of(new Identity("id", "jo")), Optional.empty())
                .inColumn("id", "4711", true))
        .isEqualTo(Look.NO);
  }

  @Test
  void whatCannotBeOpenedIsSaidToBeSealed() {
    String foreign = KeyRing.create().encrypt("jo@example.com");

    assertThat(known.inColumn("mail", foreign, false)).isEqualTo(Look.SEALED);
    assertThat(known.inColumn("other", foreign, false)).isEqualTo(Look.NO);
    assertThat(unknown.inColumn("mail", RING.encrypt("jo@example.com"), false))
        .isEqualTo(Look.SEALED);
    assertThat(known.inRecord("***", foreign)).isEqualTo(Look.SEALED);
    assertThat(unknown.inRecord("sha256:00ff", null)).isEqualTo(Look.SEALED);
    assertThat(unknown.inRecord("1,jo@example.com", foreign)).isEqualTo(Look.YES);
  }

  @Test
  void aRecordIsOpenedAndLookedInto() {
    assertThat(known.inRecord("{\"mail\":\"***\"}", OLD.encrypt("1;Jo@Example.com;x")))
        .isEqualTo(Look.YES);
    assertThat(known.inRecord("{\"mail\":\"***\"}", OLD.encrypt("1;bo@example.com;x")))
        .isEqualTo(Look.NO);
    assertThat(known.inRecord(null, null)).isEqualTo(Look.NO);
  }

  @Test
  void aTokenFindsItselfAndTheValueBehindIt() {
    Person tokened =
        new Person(List.of(new Identity("", OLD.token("jo@example.com"))), Optional.of(RING));

    assertThat(tokened.inColumn("any", OLD.token("jo@example.com"), false)).isEqualTo(Look.YES);
    assertThat(tokened.inColumn("any", RING.token("jo@example.com"), false)).isEqualTo(Look.NO);
    assertThat(tokened.inColumn("any", RING.encrypt("jo@example.com"), false)).isEqualTo(Look.YES);
    assertThat(tokened.inRecord("***", RING.encrypt("1;\"jo@example.com\";x"))).isEqualTo(Look.YES);
    assertThat(tokened.inRecord("***", RING.encrypt("1;bo@example.com;x"))).isEqualTo(Look.NO);
  }

  @Test
  void aReasonThatNamesThePersonIsRefused() {
    Wish wish = new Wish(Set.of(), false, false, "me", "Request of JO@example.com, 2026-11-18");

    assertThatThrownBy(() -> wish.check(known))
        .isInstanceOf(AssayException.class)
        .hasMessage(
            "--reason or --by holds the key itself, and both are kept for good. Expected the number of the request or a word about it; nothing was removed.");
    new Wish(Set.of(), false, false, "me", "Request 117").check(known);
  }

  @Test
  void itsTextDoesNotShowIt() {
    assertThat(known.toString()).isEqualTo("Person[mail=…]");
  }
}

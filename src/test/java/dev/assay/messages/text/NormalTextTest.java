package dev.assay.messages.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTextTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Free CASINO spins, free casino spins",
    "c4s1n0, casino",
    "c@$ino, casino",
    "fr33 sp1ns, free spins",
    "5lots tonight, slots tonight",
    "c a s i n o, casino",
    "c.a.s.i.n.o, casino",
    "c-a-s-i-n-o!, casino!",
    "c_a_s_i_n_o, casino",
    "ca*ino, caino",
    "caaaasino, casino",
    "win!!!!!, win!",
    "ｃａｓｉｎｏ, casino",
    "𝐜𝐚𝐬𝐢𝐧𝐨, casino",
    "ⓒⓐⓢⓘⓝⓞ, casino",
    "🅲🅰🆂🅸🅽🅾, casino",
    "сasіnо, casino",
    "cásínö, casino",
    "ＣＡＳＩＮＯ   now, casino now"
  })
  void undoesDisguises(String disguised, String plain) {
    assertThat(NormalText.of(disguised).value()).isEqualTo(plain);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "save 50% on 4 tyres",
        "20k km service",
        "at 8am-5pm",
        "from $50, was $100",
        "mp3 player",
        "24/7 help",
        "i am a b c student",
        "covid19 notice",
        "2nd floor, room 101"
      })
  void leavesAloneWhatIsNoDisguise(String text) {
    assertThat(NormalText.of(text).value()).isEqualTo(text);
  }

  @Test
  void invisibleCharactersAreNotThere() {
    assertThat(NormalText.of("ca\u200Bsi\u2060no\u00AD w\u0336i\u0336n\uFE0F").value())
        .isEqualTo("casino win");
  }

  @Test
  void linksAndAddressesLoseWhatDiffersPerRecipient() {
    assertThat(NormalText.of("Book: https://www.Dealer.example.com/r?u=17 now").value())
        .isEqualTo("book: link dealer example com now");
    assertThat(NormalText.of("see example.com/abc1").value()).isEqualTo("see link example com");
    assertThat(NormalText.of("Dear jo.doe+x@example.org, hello").value())
        .isEqualTo("dear address , hello");
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.example/free-casino-bonus, link x example free casino bonus",
    "go to x.example/offers/Free_Sp1ns.html?u=77., go to link x example free spins",
    "x.example/50-free-spins/a8Kq2, link x example free spins",
    "https://x.example/3fa85f64-5717-4562-b3fc-2c963f66afa6, link x example",
    "https://x.example/aBcDeF/kia-7, link x example",
    "www.x.example/#win-big, link x example"
  })
  void wordsInThePathOfALinkStayAndCodesGo(String text, String normal) {
    assertThat(NormalText.of(text).value()).isEqualTo(normal);
  }

  @Test
  void equalTextsHaveOneHashAndOthersHaveOthers() {
    assertThat(NormalText.of("Free  CASINO").hash())
        .isEqualTo(NormalText.of("free c4s1n0").hash())
        .hasSize(64)
        .isNotEqualTo(NormalText.of("free casinos").hash());
  }

  @Test
  void everyTextHasOne() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int index = 0; index < length; index++) {
        text.append((char) random.nextInt(0x10000));
      }
      String value = NormalText.of(text.toString()).value();
      assertThat(value).doesNotContain("  ").isEqualTo(value.strip());
      assertThat(Normalizer.isNormalized(value, Normalizer.Form.NFKD)).isTrue();
    }
  }
}

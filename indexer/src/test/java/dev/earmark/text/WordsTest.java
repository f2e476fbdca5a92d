package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  /** A text and its folded words, with a space between. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          don't stop            | dont stop
          don’t stop            | dont stop
          'quoted' words'       | quoted words
          DevNet2               | devnet 2
          EIP-7702              | eip 7702
          C++ and C# and F#     | c++ and c# and f#
          C++17, C#8.0          | c++ 17 c# 8.0
          a++b                  | a b
          A.I. and the U.S.     | ai and the u.s
          L_C_D_ T_V_s          | lcd tvs
          tell us who said it   | tell us who said it
          the US said, IT did   | the u.s said i.t did
          US                    | u.s
          TELL US WHO SAID IT   | tell us who said it
          .NET on .env files    | .net on .env files
          so .Net and x.net ... | so net and x net
          L'école d’Europe      | l ecole d europe
          jusqu'à dell'acqua    | jusqu a dell acqua
          un'altra, D'Angelo    | un altra d angelo
          aujourd'hui o'clock   | aujourdhui oclock
          we'll y'all's he'd    | well yalls hed
          James's boss’s Chris's | james's boss's chris's
          Jesús's JAMES'S Max's | jesus's james's maxs
          the boss' office      | the boss office
          So good 🚀 it flew ❤️ | so good 🚀 it flew ❤
          👍🏽 © ♪                | 👍
          سنة ٢٠٢٤ ۲۰۲۴         | سنه 2024 2024
          كِتَاب کتاب علی على    | كتاب كتاب علي علي
          أحمد إحمد آحمد        | احمد احمد احمد
          שָׁלוֹם לְכֻלָּם צה"ל    | שלום לכלם צהל
          हिन्दी हिंदी चाँद चांद     | हिंदी हिंदी चांद चांद
          कम्पनी कंपनी फ़िल्म फिल्म  | कंपनी कंपनी फिल्म फिल्म
          २०२४ १,०००            | 2024 1000
          ｶﾀｶﾅ ＡＢＣ１２         | カ タ カ ナ abc 12
          コンピューター         | コ ン ピ ュ ー タ
          コンピュータ           | コ ン ピ ュ ー タ
          ทํา ทำ               | ท ํา ท ํา
          カー ラーメン          | カ ー ラ ー メ ン
          e.g. 7 p.m., i.e. now | eg 7 pm ie now
          J.R.R. Tolkien        | jrr tolkien
          J.Tolkien A.Be        | j tolkien a be
          plan B. A plan        | plan b a plan
          x.y2 a._b .c          | x y 2 a b c
          С.Ш.А. É.U.           | сша eu
          3.5 per cent          | 3.5 per cent
          3,5 Prozent           | 3.5 prozent
          10,000 people         | 10000 people
          1,000,000             | 1000000
          the end. 5            | the end 5
          v1.2.3                | v 1.2.3
          naïve café            | naive cafe
          ＦＵＬＬ ｗｉｄｔｈ     | full width
          東京                   | 东 京
          か                    | か
          が                    | が
          Straße STRASSE        | strasse strasse
          й и                   | й и
          ёлка                  | елка
          Σίσυφος               | σισυφοσ
          Ærøskøbing            | aeroskobing
          Łódź                  | lodz
          مُحَمَّد               | محمد
          हिन्दी                 | हिंदी
          ภาษา                  | ภ า ษ า
          e-mail_address@x.org  | e mail address x org
          ½                     | 1⁄2
          😀 smile              | 😀 smile
          """)
  void folds(String text, String folded) {
    assertThat(String.join(" ", Words.of(text).folded()))
        .isEqualTo(Normalizer.normalize(folded, Normalizer.Form.NFC));
  }

  @Test
  void kanaWithAndWithoutVoicingDiffer() {
    assertThat(Words.fold("が")).isNotEqualTo(Words.fold("か"));
    assertThat(Words.fold("\u304B\u3099")).as("decomposed").isEqualTo(Words.fold("が"));
  }

  @Test
  void aWordIsTheSameComposedOrNot() {
    assertThat(Words.fold("nai\u0308ve")).isEqualTo(Words.fold("naïve")).isEqualTo("naive");
    assertThat(Words.fold("\u0438\u0306")).isEqualTo(Words.fold("й")).isEqualTo("й");
  }

  @Test
  void knowsWhereWordsStand() {
    Words words = Words.of("Well, don't go!");

    assertThat(words.count()).isEqualTo(3);
    assertThat(words.word(1)).isEqualTo("don't");
    assertThat(words.start(1)).isEqualTo(6);
    assertThat(words.end(1)).isEqualTo(11);
    assertThat(words.firstWordFrom(0)).isZero();
    assertThat(words.firstWordFrom(4)).isEqualTo(1);
    assertThat(words.firstWordFrom(14)).isEqualTo(3);
    assertThatThrownBy(() -> words.start(3)).hasMessage("word must be 0 to 2, got 3");
  }

  /** The short way of plain names gives what their words give. */
  @Test
  void foldsPlainNamesAsTheirWords() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(9); length > 0; length--) {
        text.append("  aiostuwhAIOSTUWH.'2".charAt(random.nextInt(21)));
      }
      Words words = Words.of(text);
      if (words.count() > 0) {
        assertThat(Words.fold(text.toString()))
            .as("\"%s\", seed %d", text, seed)
            .isEqualTo(String.join(" ", words.folded()));
      }
    }
  }

  @Test
  void foldsNames() {
    assertThat(Words.fold("  Dario   AMODEI ")).isEqualTo("dario amodei");
    assertThat(Words.fold("…")).isEqualTo("…");
  }

  @Property
  void wordsAreApartAndInOrder(@ForAll String text) {
    Words words = Words.of(text);
    int before = 0;
    for (int i = 0; i < words.count(); i++) {
      assertThat(words.start(i)).isGreaterThanOrEqualTo(before);
      assertThat(words.end(i)).isGreaterThan(words.start(i));
      before = words.end(i);
      assertThat(words.firstWordFrom(words.start(i))).isEqualTo(i);
    }
    assertThat(before).isLessThanOrEqualTo(text.length());
  }

  /**
   * Texts are joined with a space between; then the words must be those of both. A unit is a word
   * beside a number alone, so what has one is left out.
   */
  @Property
  void joiningTextsJoinsTheirWords(@ForAll String first, @ForAll String second) {
    Assume.that(!(first + second).matches("(?s).*[\\p{Sc}%\uFF05\u066A].*"));
    assertThat(Words.of(first + " " + second).count())
        .isEqualTo(Words.of(first).count() + Words.of(second).count());
  }

  @Test
  void whetherThereAreWordsIsWhatSplittingFinds() {
    for (String text :
        List.of(
            "", " … ", "***", "♪ ♪", "-- a", "7", "%", "10 %", "é", "日", "\u0301", "😀", ".",
            "$ 5")) {
      assertThat(Words.areIn(text)).as(text).isEqualTo(Words.of(text).count() > 0);
    }
  }
}

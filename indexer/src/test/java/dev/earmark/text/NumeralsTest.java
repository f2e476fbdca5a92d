package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | 2024 | twenty twenty-four
          en | 2024 | two thousand twenty-four
          en | 2024 | two thousand and twenty four
          en | 1905 | nineteen oh-five
          en | 10 % | ten percent
          en | 10% | ten per cent
          en | $10tn | ten trillion dollars
          en | $10tn | 10 trillion dollars
          en | $1.5 million | one point five million dollars
          en | 1,500,000 | 1.5 million
          en | 10,000 | ten thousand
          en | 250k | two hundred fifty thousand
          en | $1bn | a billion dollars
          en | £20 | twenty pounds
          en | €3.50 | three point five euros
          en | 100 | a hundred
          en | 3rd | third
          en | 21st | twenty-first
          en | 100th | one hundredth
          en | 112th | one hundred and twelfth
          fr | 3e | troisième
          nl | 3e | derde
          en | ¥500 | five hundred yen
          de | 2024 | zweitausendvierundzwanzig
          de | 10 % | zehn Prozent
          de | 3,5 Mio. | drei Komma fünf Millionen
          de | 10 Mrd. Euro | zehn Milliarden Euro
          de | 12 | zwölf
          fr | 2024 | deux mille vingt-quatre
          fr | 10 % | dix pour cent
          fr | 95 | quatre-vingt-quinze
          es | 2024 | dos mil veinticuatro
          es | 10 % | diez por ciento
          it | 2024 | duemilaventiquattro
          it | 10 % | dieci percento
          pt | 2024 | dois mil e vinte e quatro
          nl | 2024 | tweeduizendvierentwintig
          sv | 2024 | tjugohundratjugofyra
          sv | 10 % | tio procent
          ru | 2024 | две тысячи двадцать четыре
          hu | 24 | huszonnégy
          ar | ١٠ | عشرة
          hi | २४ | चौबीस
          zh | 2024 | 二〇二四
          zh | 2024 | 二千零二十四
          ja | 10 | 十
          """)
  void theSameAmountInOneLanguage(String language, String digits, String spelled) {
    Numerals numerals = Numerals.in(language);
    List<String> one = List.of(Words.of(digits).folded());
    List<String> other = List.of(Words.of(spelled).folded());
    Numerals.Read read = numerals.at(one, 0);
    assertThat(read).isNotNull();
    assertThat(read.words()).isEqualTo(one.size());
    assertThat(numerals.at(other, 0)).isEqualTo(new Numerals.Read(read.amount(), other.size()));
    assertThat(numerals.written(read.amount())).contains(one, other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "fi", "ru", "hi"})
  void readsWhatItWrites(String language) {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Numerals numerals = Numerals.in(language);
    for (int i = 0; i < 300; i++) {
      String number = Integer.toString(random.nextInt(random.nextBoolean() ? 100 : 10_000));
      Numerals.Read read = at(numerals, number);
      for (List<String> way : numerals.written(read.amount())) {
        assertThat(numerals.at(way, 0))
            .as("%s in %s, -Dseed=%d", way, language, seed)
            .isEqualTo(new Numerals.Read(read.amount(), way.size()));
        assertThat(way)
            .as("%s in %s, -Dseed=%d", way, language, seed)
            .anyMatch(word -> Numerals.mayBegin(language, word));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          five six seven | 1
          10 20 | 1
          ten people | 1
          two million three | 3
          1.2.3 | 0
          thousand words | 0
          tension | 0
          """)
  void takesAsManyWordsAsBelongToOneAmount(String text, int words) {
    Numerals.Read read = at(Numerals.in("en"), text);
    assertThat(read == null ? 0 : read.words()).isEqualTo(words);
  }

  @Test
  void tellsWhatMayBeginANumber() {
    assertThat(Numerals.mayBegin("de", "zweitausendvierundzwanzig")).isTrue();
    assertThat(Numerals.mayBegin("zh", "二")).isTrue();
    assertThat(Numerals.mayBegin("de", "wasser")).isFalse();
    assertThat(Numerals.mayBegin("en", "website")).isFalse();
  }

  @Test
  void aLanguageWithoutRulesHasDigits() {
    assertThat(at(Numerals.in("xx"), "2024").words()).isEqualTo(1);
  }

  private static Numerals.@Nullable Read at(Numerals numerals, String text) {
    return numerals.at(List.of(Words.of(text).folded()), 0);
  }
}

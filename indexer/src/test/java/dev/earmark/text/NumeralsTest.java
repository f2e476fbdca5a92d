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
          en | $20.00 | twenty dollars
          en | $20.00 | $20
          en | $1,200.00 | twelve hundred dollars
          en | 2½ | two and a half
          en | 2 ½ | 2 and a half
          en | 2.5 | two and one half
          en | $2½ million | two and a half million dollars
          en | 3¾ | three and three quarters
          en | ½ | half
          en | ½ | one half
          en | ¾ | three quarters
          en | 500,000 | half a million
          en | 1990s | nineteen nineties
          en | 1900's | nineteen hundreds
          en | 2000s | two thousands
          en | 90s | nineties
          fr | 1 000 | mille
          fr | 1 000 | 1000
          fr | 12 500,50 € | 12500,50 euros
          fr | 1 234 567 | 1234567
          de | 1.000 | tausend
          de | 1.000 | eintausend
          de | 100.000 | hunderttausend
          de | 150 | hundertfünfzig
          de | 1.234.567,5 | 1234567,5
          de | 1.000,00 € | tausend Euro
          de | 2½ | zwei Komma fünf
          es | 10.000 | diez mil
          pt | 1.000 | mil
          it | 1.000 | mille
          nl | 1.000 | duizend
          sv | 10 000 | tiotusen
          sv | 1 000 | tusen
          et | 100 | sada
          ru | 10 000 | десять тысяч
          hi | 1,00,000 | एक लाख
          ar | ١٬٠٠٠ | الف
          zh | 10% | 百分之十
          zh | 10% | 百分之10
          tr | %10 | yüzde on
          ko | 10% | 10퍼센트
          vi | 10% | mười phần trăm
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
          hundred thousand words | 2
          hundred words | 0
          hundred percent | 2
          a percent | 0
          half time | 1
          two and half | 1
          1 000 | 1
          1.000 | 1
          1990 sand | 1
          1995s | 1
          tension | 0
          """)
  void takesAsManyWordsAsBelongToOneAmount(String text, int words) {
    Numerals.Read read = at(Numerals.in("en"), text);
    assertThat(read == null ? 0 : read.words()).isEqualTo(words);
  }

  @Test
  void aHundredIsOneBeforeAMagnitudeOrUnitWhereNoWordCountsIt() {
    Numerals english = Numerals.in("en");
    Numerals.Read read = at(english, "hundred thousand");
    assertThat(read.amount()).isEqualTo(at(english, "100k").amount());
    assertThat(english.written(read.amount()))
        .contains(List.of("a", "hundred", "thousand"), List.of("hundred", "thousand"));
    assertThat(english.inLarger(List.of("hundred", "thousand")))
        .contains(List.of("two", "hundred", "thousand"), List.of("several", "hundred", "thousand"));
    assertThat(english.written(at(english, "100").amount())).doesNotContain(List.of("hundred"));
  }

  /** A group is what the language writes as one: 1.000 is a thousand in German, one in English. */
  @ParameterizedTest
  @CsvSource({"en, 1.000, 1", "de, 1.000, 1000", "fr, 1.000, 1", "de, 1.00, 1", "de, 1.5, 1.5"})
  void digitsAreInGroupsAsTheLanguageSetsThem(String language, String text, String value) {
    assertThat(at(Numerals.in(language), text).amount())
        .isEqualTo(new Numerals.Amount(new java.math.BigDecimal(value), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "en, five percent, twenty-five percent",
    "en, five dollars, hundred and five dollars",
    "en, two million, twenty-two million",
    "en, a million, half a million",
    "fr, cinq pour cent, vingt-cinq pour cent",
    "es, cinco por ciento, treinta y cinco por ciento",
    "ru, пять процентов, двадцать пять процентов",
    "zh, 百分之十, 百分之十五",
    "zh, 增长百分之五, 增长百分之五十",
    "zh, 百分之十五, 百分之十五点",
    "tr, yüzde on, yüzde on beş"
  })
  void tellsInWhichOtherAmountsOneStands(String language, String text, String larger) {
    assertThat(Numerals.in(language).inLarger(List.of(Words.of(text).folded())))
        .contains(List.of(Words.of(larger).folded()))
        .hasSizeLessThan(50);
  }

  @ParameterizedTest
  @CsvSource({
    "zh, 百分之10",
    "tr, yüzde 10",
    "tr, %10",
    "en, 5 percent",
    "de, fünf Prozent",
    "en, backup"
  })
  void anAmountInDigitsOrInOneWordIsWhole(String language, String text) {
    assertThat(Numerals.in(language).inLarger(List.of(Words.of(text).folded()))).isEmpty();
  }

  @Test
  void aHalfByItselfIsNotWhatIsMeasured() {
    Numerals english = Numerals.in("en");
    assertThat(english.written(at(english, "half").amount())).doesNotContain(List.of("0.5"));
    assertThat(english.written(at(english, "0.5").amount())).doesNotContain(List.of("half"));
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

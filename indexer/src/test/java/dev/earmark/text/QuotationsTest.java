package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in quotation marks is found in the marks of every language. */
class QuotationsTest {
  private static List<String> in(String text) {
    return Quotations.in(text).stream().map(quotation -> quotation.in(text)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "She said “the fog is thick tonight” and left. | the fog is thick tonight",
        "She said \"the fog is thick tonight\" and left. | the fog is thick tonight",
        "She said ‘the fog isn’t thick tonight’ and left. | the fog isn’t thick tonight",
        "Sie sagte „der Nebel ist heute dicht“ und ging. | der Nebel ist heute dicht",
        "Sie sagte »der Nebel ist heute dicht« und ging. | der Nebel ist heute dicht",
        "Sie sagte ‚der Nebel ist heute dicht‘ und ging. | der Nebel ist heute dicht",
        "Elle a dit « le brouillard est épais » et partit. | le brouillard est épais",
        "Ha detto «la nebbia è molto fitta» e uscì. | la nebbia è molto fitta",
        "Hon sade ”dimman är tät i kväll” och gick. | dimman är tät i kväll",
        "Hän sanoi »sumu on tänään sakea» ja lähti. | sumu on tänään sakea",
        "Powiedziała „mgła jest dziś gęsta” i wyszła. | mgła jest dziś gęsta",
        "彼女は「今夜は霧が濃い」と言った。 | 今夜は霧が濃い"
      })
  void marksOfEveryLanguageAreKnown(String text, String quoted) {
    assertThat(in(text)).containsExactly(quoted);
  }

  @Test
  void twoQuotationsOfAParagraphAreTwo() {
    assertThat(in("«Oui, la marée monte», dit-elle, et puis «non, pas encore»."))
        .containsExactly("Oui, la marée monte", "non, pas encore");
    assertThat(in("”Ja, nu kommer den” och ”nej, inte än”"))
        .containsExactly("Ja, nu kommer den", "nej, inte än");
  }

  @Test
  void aMarkThatIsNeverClosedOpensNothing() {
    assertThat(in("The board is 5\" wide and the “rope is long.")).isEmpty();
  }
}

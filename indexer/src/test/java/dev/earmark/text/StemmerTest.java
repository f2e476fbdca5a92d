package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is told of stems without making them, against the stems. */
class StemmerTest {
  private static final String LATIN = "abcdefghijklmnopqrstuvwxyzàâäåæçèéêëíñóôöøœßúüğışőűţț";
  private static final Map<String, String> ALPHABETS =
      new TreeMap<>(
          Map.of(
              "ru", "абвгдежзийклмнопрстуфхцчшщъыьэюя",
              "el", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ",
              "ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ",
              "hi", "कखगघचछजझटठडढतथदधनपफबभमयरलवशषसहािीुूेैोौंँ",
              "hy", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
              "ne", "कखगघचछजझटठडढतथदधनपफबभमयरलवशषसहािीुूेैोौंँ",
              "sr", "абвгдђежзијклљмнњопрстћуфхцчџшabcčćdđeijklmnoprsštuvzž",
              "ta", "கஙசஞடணதநபமயரலவழளறனாிீுூெேைொோௌ",
              "yi", "אבגדהוזחטיכלמנסעפצקרשתםןץףך",
              "ko", "가나다에서에게까지부터이라고은는을를의들"));

  @Test
  void neverDeniesAStemThatAWordHas() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (String language :
        "en de fr es pt it nl ru sv da no nb fi hu ro tr el ar ko ca eu et ga hi hy id lt ne sr ta yi xx"
            .split(" ")) {
      Stemmer stemmer = Stemmer.forLanguage(language);
      String alphabet = ALPHABETS.getOrDefault(language, LATIN);
      for (int round = 0; round < 20_000; round++) {
        StringBuilder letters = new StringBuilder();
        for (int length = 1 + random.nextInt(9); length > 0; length--) {
          letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        String word = Words.fold(letters.toString());
        String stem = stemmer.stem(word);
        assertThat(stemmer.mayHave(word, stem))
            .as("seed " + seed + " " + language + " " + word + " " + stem)
            .isTrue();
      }
    }
  }

  @Test
  void deniesAStemOfAnotherBeginning() {
    assertThat(Stemmer.forLanguage("en").mayHave("going", "com")).isFalse();
  }
}

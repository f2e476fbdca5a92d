package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionWordsTest {

  @ParameterizedTest
  @CsvSource({
    "en, the, harbour",
    "en-GB, dont, harbour",
    "ar, من, ميناء",
    "bg, ако, пристанище",
    "ca, dels, port",
    "cs, jako, pristav",
    "el, και, λιμανι",
    "eu, eta, portu",
    "fa, اين, بندر",
    "ga, agus, cuan",
    "gl, cando, porto",
    "hi, और, बंदरगाह",
    "hy, այս, նավահանգիստ",
    "id, yang, pelabuhan",
    "lt, arba, uostas",
    "lv, tikai, osta",
    "ro, aceasta, port",
    "sr, ili, luka",
    "tr, ama, liman",
  })
  void areThoseOfTheLanguageAsTheyAreSearched(String language, String function, String content) {
    assertThat(FunctionWords.of(language)).contains(Words.fold(function));
    assertThat(FunctionWords.of(language)).doesNotContain(Words.fold(content));
  }

  @Test
  void areThoseOfTheLanguageThatHasMostOfThem() {
    assertThat(FunctionWords.in(Set.of("die", "war", "bank"), List.of("en", "de")))
        .containsExactlyInAnyOrder("die", "war");
    assertThat(FunctionWords.in(Set.of("bank"), List.of("en", "de"))).isEmpty();
    assertThat(FunctionWords.of("xx")).isEmpty();
  }
}

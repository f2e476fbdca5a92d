package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few sentences of talk in each language that is told. */
class LanguageGuessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | So the thing is that you have to wait for the tide, and that is what they did.",
        "de | Also das ist so, dass wir auf die Flut warten, und dann geht es auch mit der Mühle.",
        "fr | Alors je pense que c'est une question de marée, et nous avons attendu dans le"
            + " moulin.",
        "es | Pues yo creo que la marea es lo que mueve el molino, y eso no lo sabe la gente.",
        "pt | Eu acho que a maré é o que move o moinho, mas isso não é uma coisa que você vê.",
        "it | Io penso che la marea sia quello che muove il mulino, ma non è una cosa che si vede.",
        "nl | Ik denk dat het getij de molen laat draaien, maar dat is niet wat je er van ziet.",
        "sv | Jag tror att det är tidvattnet som driver kvarnen, men det är inte vad man ser.",
        "ru | Я думаю, что это прилив вращает мельницу, но вы этого не видите, и мы тоже.",
        "ja | 潮の満ち引きで水車が回ると思います。でも見えません。",
        "zh | 我觉得是潮水推动水车，但是你看不见。",
        "ko | 저는 밀물이 물레방아를 돌린다고 생각합니다.",
        "el | Νομίζω ότι η παλίρροια κινεί τον μύλο.",
        "ar | أعتقد أن المد والجزر يحرك الطاحونة.",
        "he | אני חושב שהגאות מניעה את הטחנה.",
        "hi | मुझे लगता है कि ज्वार चक्की को घुमाता है।",
        "th | ฉันคิดว่ากระแสน้ำทำให้กังหันหมุน",
        "und | Я думаю, що це приплив обертає млин, але ви цього не бачите, і ми також.",
      })
  void languages(String language, String text) {
    assertThat(LanguageGuess.of(text)).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource({"''", "'1984'", "'Kubernetes OAuth TypeScript'", "'the mill'"})
  void tooLittleIsUndetermined(String text) {
    assertThat(LanguageGuess.of(text)).isEqualTo("und");
  }

  @Test
  void englishTalkAboutForeignNamesStaysEnglish() {
    assertThat(
            LanguageGuess.of(
                "And what they have in 東京 is that the trains are on time, but so are we."))
        .isEqualTo("en");
  }
}

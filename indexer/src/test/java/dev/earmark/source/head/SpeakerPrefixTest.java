package dev.earmark.source.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakerPrefixTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ada: hello                        | Ada               | hello
          Ada Lovelace: hello               | Ada Lovelace      | hello
          ADA LOVELACE: hello               | ADA LOVELACE      | hello
          Ludwig van Beethoven: da da da    | Ludwig van Beethoven | da da da
          Dr. Smith: sit down               | Dr. Smith         | sit down
          J. R. Hartley: my book            | J. R. Hartley     | my book
          Mary-Jane O’Neil: hi              | Mary-Jane O’Neil  | hi
          Tom and Ray: hi                   | Tom and Ray       | hi
          Speaker 2: hi                     | Speaker 2         | hi
          SPEAKER_01: hi                    | SPEAKER_01        | hi
          [Ada]: hello                      | Ada               | hello
          Ada (host): hello                 | Ada               | hello
          Ada [00:12:01]: hello             | Ada               | hello
          >> ADA: hello                     | ADA               | hello
          - Ada: hello                      | Ada               | hello
          Ada:   spaced                     | Ada               | spaced
          Łukasz: cześć                     | Łukasz            | cześć
          Анна: привет                      | Анна              | привет
          田中：こんにちは                      | 田中               | こんにちは
          """)
  void findsNames(String text, String name, String rest) {
    SpeakerPrefix prefix = SpeakerPrefix.find(text);

    assertThat(prefix).isNotNull();
    assertThat(prefix.name()).isEqualTo(name);
    assertThat(text.substring(prefix.end())).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no colon",
        "Okay: then we go",
        "okay: then we go",
        "The thing is: it works",
        "Step One: breathe",
        "Here’s what I mean: this",
        "Subtitles: somebody",
        "it is 10:30 now",
        "10:30 we sail",
        "At 10: we sail",
        "https://example.org: a page",
        "Visit https://example.org",
        "Foo::bar is a name in code",
        "Ada:hello",
        "Ada:",
        "Ada:  \n ",
        "ada: hello",
        "I said to him: no",
        "Yes. Ada: hello",
        "A sentence of many words that ends at last: so",
        "Ada\nBen: the name is on the second line",
        "3: the third",
        ": nothing before",
        "[laughter] so: no",
        "Ada, Ben: both",
      })
  void leavesSentencesAlone(String text) {
    assertThat(SpeakerPrefix.find(text)).isNull();
  }

  @Test
  void aNameMustComeUpTwice() {
    assertThat(accepted("Remarkable: yes", "one", "two", "three")).isFalse();
    assertThat(accepted("Ada: yes", "one", "two", "Ada: no")).isTrue();
  }

  @Test
  void orTheSourceMustHaveTheHabit() {
    assertThat(accepted("Ada: yes")).as("all of it").isTrue();
    assertThat(accepted("Ada: yes", "Ben: no")).as("all of it").isTrue();
    assertThat(accepted("Ada: yes", "Ben: no", "one", "two")).as("half of it").isTrue();
    assertThat(accepted("Ada: yes", "one", "two")).as("one of three").isFalse();
  }

  @Test
  void labelsAndBracketsNeedNoProof() {
    assertThat(accepted("SPEAKER_00: yes", "one", "two", "three")).isTrue();
    assertThat(accepted("[Ada]: yes", "one", "two", "three")).isTrue();
  }

  @Test
  void aLongLineIsLookedAtOnce() {
    assertThat(SpeakerPrefix.find("A".repeat(1_000_000) + ": text")).isNull();
    assertThat(SpeakerPrefix.find(">".repeat(1_000_000))).isNull();
  }

  private static boolean accepted(String first, String... others) {
    SpeakerPrefix.Census census = new SpeakerPrefix.Census();
    SpeakerPrefix prefix = SpeakerPrefix.find(first);
    census.add(prefix);
    List.of(others).forEach(text -> census.add(SpeakerPrefix.find(text)));
    return census.accepts(prefix);
  }
}

package dev.earmark.source.head;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionHeadTest {

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
          עדה: שלום                         | עדה               | שלום
          آدا كويست: صباح الخير             | آدا كويست         | صباح الخير
          अदा: नमस्ते                       | अदा               | नमस्ते
          ada@x.example: hello              | ada@x.example     | hello
          Conference Room 4B: hello         | Conference Room 4B | hello
          Ada Quist, PhD: hello             | Ada Quist         | hello
          Ada Quist, Chair: hello           | Ada Quist         | hello
          >>> ADA: hello                    | ADA               | hello
          [Speaker 1] hello                 | Speaker 1         | hello
          (ADA) hello                       | ADA               | hello
          【田中】こんにちは                    | 田中               | こんにちは
          Ada Quist - hello                 | Ada Quist         | hello
          """)
  void findsNames(String text, String name, String rest) {
    CaptionHead head = CaptionHead.at(text, 0, true);

    assertThat(head).isNotNull();
    assertThat(head.name()).isEqualTo(name);
    assertThat(head.likely()).isTrue();
    assertThat(text.substring(head.end())).isEqualTo(rest);
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
    CaptionHead head = CaptionHead.at(text, 0, false);
    assertThat(head == null || !head.likely()).as("%s", head).isTrue();
  }

  @Test
  void aLongLineIsLookedAtOnce() {
    assertThat(CaptionHead.at("A".repeat(1_000_000) + ": text", 0, true)).isNull();
    assertThat(CaptionHead.at(">".repeat(1_000_000), 0, true)).isNull();
  }
}

package dev.earmark.source.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.source.time.Times;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnHeadTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "Ada Quay: 00:00:19; TIMED; Ada Quay; 19000; ~~",
        "Ada Quay:00:12:14; TIMED; Ada Quay; 734000; ~~",
        "Ada Quay : 00:01:05; TIMED; Ada Quay; 65000; ~~",
        "Ada – 00:02:46:; TIMED; Ada; 166000; ~~",
        "Ada – 00:02:53 Welcome back.; TIMED; Ada; 173000; Welcome back.",
        "Ada van der Quay 00:31:57; TIMED; Ada van der Quay; 1917000; ~~",
        "Ada [0:46]: Okay, so.; TIMED; Ada; 46000; Okay, so.",
        "Ada (00:12:34): Good; TIMED; Ada; 754000; Good",
        "[00:12:34] Ada: Good; TIMED; Ada; 754000; Good",
        "[Audience]: 00:37:13; TIMED; Audience; 2233000; ~~",
        "0xB10C: 00:00:15; TIMED; 0xB10C; 15000; ~~",
        "**Ada Quay:** 00:00:07; TIMED; Ada Quay; 7000; ~~",
        "**Ada Quay** 00:00:18; TIMED; Ada Quay; 18000; ~~",
        "**Ada (1:00):** Hi; TIMED; Ada; 60000; Hi",
        "**Ada Quay:** Hi there; BOLD; Ada Quay; -1; Hi there",
        "**Ada Quay**: Hi there; BOLD; Ada Quay; -1; Hi there",
        "**Ada:** \\[15:53\\] Hi; BOLD; Ada; 953000; Hi",
        "**Ada:** **\\[15:53\\]** Hi; BOLD; Ada; 953000; Hi",
        "**Ada:** \\[\\00:15:49.09\\\\\\] Hi; BOLD; Ada; 949090; Hi",
        "\\[04:33\\] And so; STAMP; ~~; 273000; And so",
        "(00:00); STAMP; ~~; 0; ~~",
        "01:01:45; STAMP; ~~; 3705000; ~~",
        "Ada: Hello; PLAIN; Ada; -1; Hello",
        "Dr. Quay: Hello; PLAIN; Dr. Quay; -1; Hello",
        "主持人：你好; PLAIN; 主持人; -1; 你好",
      })
  void readsWhoAndWhen(String line, String style, String speaker, long stampMs, String rest) {
    TurnHead head = TurnHead.of(line);
    assertThat(head).isNotNull();
    assertThat(head.style()).hasToString(style);
    assertThat(head.speaker()).isEqualTo(speaker.isEmpty() ? null : speaker);
    assertThat(head.stampMs()).isEqualTo(stampMs < 0 ? Times.NONE : stampMs);
    assertThat(head.rest()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "We start at 12:30 and go on.",
        "the ratio is 3:10",
        "https://example.org/a:b",
        "Note: this is one.",
        "One thing to say: nothing.",
        "Well, Ada: no.",
        "# Ada: a heading",
        "> Ada: a quotation",
        "    Ada: code",
        "**Important** thing",
        "**[see](https://example.org)** here",
        "12:30 was the time.",
        "Start time: 6:09:50 or so",
        "",
      })
  void leavesSentencesAlone(String line) {
    assertThat(TurnHead.of(line)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"**Break:** \\[21:02\\] to \\[22:31\\]", "[21:02] - [22:31]"})
  void readsABreak(String line) {
    TurnHead head = TurnHead.of(line);
    assertThat(head).isNotNull();
    assertThat(head.stampMs()).isEqualTo(1_262_000);
    assertThat(head.untilMs()).isEqualTo(1_351_000);
    assertThat(head.rest()).isEmpty();
  }
}

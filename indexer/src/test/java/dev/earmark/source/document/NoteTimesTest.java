package dev.earmark.source.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.source.time.Times;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in notes: links of any player, and what is no time of the recording. */
class NoteTimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1:20](https://www.youtube.com/watch?v=aBcDeFgHiJk&t=80s) the crane",
        "[1:20](https://www.youtube.com/watch?t=80&v=aBcDeFgHiJk) the crane",
        "[1:20](https://youtu.be/aBcDeFgHiJk?t=1m20s) the crane",
        "[1:20](https://youtu.be/aBcDeFgHiJk?si=x&t=80) the crane",
        "[1:20](https://www.youtube.com/embed/aBcDeFgHiJk?start=80) the crane",
        "[01:20](https://vimeo.com/123456789#t=80s) the crane",
        "[0:01:20](https://vimeo.com/123456789#t=0h1m20s) the crane",
        "[1:20](https://soundcloud.com/harbour/ropes#t=1:20) the crane",
        "[1:20](https://open.spotify.com/episode/x?t=80) the crane",
        "[1:20](https://overcast.fm/+abc/1:20) the crane",
        "[1:20](https://harbour.example/talk?time=80) the crane",
        "[1:20](https://harbour.example/talk?start=00:01:20) the crane",
        "[1:20](talk.mp3#t=80) the crane",
        "[1:20](talk.mp3#t=npt:80) the crane",
        "[1:20](talk.mp4#t=80,95) the crane",
        "[[talk.mp4#t=80]] the crane",
        "![[talk.mp4#t=80]] the crane",
        "[[talk.mp4#t=00:01:20|1:20]] the crane",
        "- [1:20](talk.mp3#t=80) the crane",
        "* **[1:20](talk.mp3#t=80)** the crane",
        "1. [1:20](talk.mp3#t=80): the crane",
        "the crane ([1:20](talk.mp3#t=80))",
        "the crane [1:20](talk.mp3#t=80)",
        "the crane – [1:20](talk.mp3#t=80)",
        "the crane (at [1:20](talk.mp3#t=80))",
        "the crane <a href=\"https://vimeo.com/1#t=80s\">1:20</a>",
        "<a href='talk.mp3#t=80'>01:20</a> the crane",
        "<a href='talk.mp3#t=80'>[[]:20</a> the crane",
        "[01:20] the crane",
        "(1:20) the crane",
        "**1:20** the crane",
        "`1:20` the crane",
        "[1m20s](talk.mp3#t=80) the crane",
      })
  void readsTheTimeAndLeavesTheWords(String line) {
    NoteTimes.Timed timed = new NoteTimes(List.of(line), null).in(line);
    assertThat(timed).isNotNull();
    assertThat(timed.startMs()).isEqualTo(80_000);
    assertThat(timed.text().replaceAll("^[-*:. 1]+|[* ]+$", "")).isEqualTo("the crane");
  }

  @Test
  void anEndBeforeTheStartIsNone() {
    NoteTimes.Timed timed =
        new NoteTimes(List.of("[1:20](talk.mp4#t=80,20) the crane"), null)
            .in("[1:20](talk.mp4#t=80,20) the crane");
    assertThat(timed).isNotNull();
    assertThat(timed.startMs()).isEqualTo(80_000);
    assertThat(timed.endMs()).isEqualTo(Times.NONE);
  }

  /** Times that are part of a sentence place it and stay in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "At 1 minute 20 seconds he laughs.",
        "He laughs at 1 minute 20 seconds.",
        "He laughs at 1 minute and 20 seconds, and goes on.",
        "He laughs at 1m20s, and goes on.",
        "He laughs around 1 min 20 sec and goes on.",
        "He laughs (around 1 min 20 sec) and goes on.",
        "He laughs at the 1:20 mark.",
        "He laughs at 1:20 into the talk.",
        "He laughs at 0:01:20 and goes on.",
        "Er lacht bei 1 Minute 20 Sekunden.",
        "Il rit vers 1 minute 20 secondes.",
      })
  void readsTimesInWords(String line) {
    NoteTimes.Timed timed = new NoteTimes(List.of(line), null).in(line);
    assertThat(timed).isNotNull();
    assertThat(timed.startMs()).isEqualTo(80_000);
    assertThat(timed.text()).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "They met at 9:30 in the morning.",
        "At 9:30 the train leaves.",
        "It took 1 minute 20 seconds.",
        "After 1 minute 20 seconds it broke.",
        "At 5 minutes a lap he is slow.",
        "He ran at 12 seconds.",
        "About 20 minutes later they ate.",
        "A ratio of 3:16 is usual.",
        "It was 1m20s faster.",
      })
  void leavesOtherTimesAlone(String line) {
    assertThat(new NoteTimes(List.of(line, "[0:10] so", "[1:10] so"), null).in(line)).isNull();
  }

  /** In brackets inside a sentence a time counts if the document has the habit. */
  @Test
  void timesInsideSentencesNeedTheHabit() {
    String one = "The pier stood long (12:34), and then it fell.";
    String other = "He laughs [14:02] about the bank.";
    assertThat(new NoteTimes(List.of(one), null).in(one)).isNull();
    NoteTimes.Timed timed = new NoteTimes(List.of(one, other), null).in(one);
    assertThat(timed).isNotNull();
    assertThat(timed.startMs()).isEqualTo(754_000);
    assertThat(timed.text()).isEqualTo("The pier stood long, and then it fell.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See [on knots](https://youtu.be/zzzzzzzzzzz?t=60) as well",
        "A ratio of (3:16)",
        "[a page](https://harbour.example/?start=10)",
        "We meet at 12:30 sharp",
        "[one](https://harbour.example) and [two](https://harbour.example/b)",
        "[[Tide tables]] and [[Ada Quist|Ada]]",
        "**Important** and `code 12:30`",
        "https://harbour.example/2024/12:30",
      })
  void leavesTheRestAlone(String line) {
    assertThat(new NoteTimes(List.of(line), null).in(line)).isNull();
  }

  @Test
  void linksOfWordsCountWhereTheyLeadIntoTheRecordingOfTheNote() {
    String line = "[He tells of the rope](https://youtu.be/aBcDeFgHiJk?t=60)";
    String other = "[He tells of tea](https://youtu.be/zzzzzzzzzzz?t=60)";
    NoteTimes times = new NoteTimes(List.of(line, other), "aBcDeFgHiJk");
    assertThat(times.in(line)).isNotNull();
    assertThat(times.in(line).text()).isEqualTo("He tells of the rope");
    assertThat(times.in(other)).isNull();
    String more = "[And of the crane](https://youtu.be/zzzzzzzzzzz?t=90)";
    assertThat(new NoteTimes(List.of(other, more), null).in(more)).isNotNull();
  }

  @Test
  void severalTimesOnALineMakeParts() {
    String line = "[0:05](t.mp3#t=5) Good morning. [0:12](t.mp3#t=12) The crane is broken.";
    assertThat(new NoteTimes(List.of(line), null).parts(line))
        .extracting(part -> part.startMs() + part.text().strip())
        .containsExactly("5000Good morning.", "12000The crane is broken.");
    String behind = "Good morning ([0:05](t.mp3#t=5)). The crane is broken ([0:12](t.mp3#t=12)).";
    assertThat(new NoteTimes(List.of(behind), null).parts(behind))
        .extracting(part -> part.startMs() + part.text().strip())
        .containsExactly("5000Good morning.", "12000The crane is broken.");
  }
}

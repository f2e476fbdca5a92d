package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops and advertisements are told from talk. */
class AdAndLoopDetectorTest {
  private static List<Moment> spoken(String... texts) {
    List<Moment> moments = new ArrayList<>();
    for (String text : texts) {
      long start = moments.size() * 15_000L;
      TimeSpan span = TimeSpan.ofMillis(start, start + 15_000);
      moments.add(
          Moment.builder(Kind.SEGMENT, text)
              .anchor(Anchor.exact(span))
              .times(TimeMap.builder().add(text.split(" ").length, start, start + 15_000).build())
              .build());
    }
    return moments;
  }

  private static BitSet asides(List<Moment> talk) {
    return AdAndLoopDetector.in(talk, talk.stream().map(one -> Words.of(one.text())).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and that is that and that is that and that is that and that is that and that is that",
        "Thank you. Thank you. Thank you. Thank you. Thank you. Thank you. Thank you. Thank you.",
        "go go go go go go go go go go go go go go go go go go",
      })
  void whatSaysTheSameOverAndOverIsALoop(String text) {
    assertThat(AdAndLoopDetector.isLoop(text, Words.of(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no no no, that was not it",
        "to be or not to be, that is what he asks, and whether it is nobler in the mind to suffer",
        "we had one and we had two and we had three of them, and in the end we had none at all",
        "",
      })
  void whatSomebodyRepeatsIsNone(String text) {
    assertThat(AdAndLoopDetector.isLoop(text, Words.of(text))).isFalse();
  }

  @Test
  void anAdvertisementGoesFromItsBeginningToItsEnd() {
    List<Moment> talk =
        spoken(
            "So what did you build after that, and who asked for it?",
            "This part of the show is brought to you by Lumen, lamps that know when it is dark.",
            "I have had one on my desk since spring and it has never been wrong.",
            "Get yours for half the price if you use the code DUSK, and thanks for listening.",
            "We built a thing that counted birds, and nobody asked for it.");
    assertThat(asides(talk).stream()).containsExactly(1, 2, 3);
  }

  @Test
  void talkOfSponsorsAndCodesIsNone() {
    List<Moment> talk =
        spoken(
            "We never had a sponsor for the club, so everybody paid for the room.",
            "You could not use code that somebody else had written, those were the rules.",
            "The law was sponsored by two senators, and it was supporting farmers first.");
    assertThat(asides(talk).stream()).isEmpty();
  }
}

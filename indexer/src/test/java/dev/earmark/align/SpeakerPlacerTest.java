package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.transcript.Segmenter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is quoted has the speaker of the words. */
final class SpeakerPlacerTest {
  private static final SourceDocument TALK =
      new SourceDocument(
          "talk.vtt",
          "vtt",
          "en",
          Segmenter.segment(
              List.of(
                  Cue.exact(
                      0, 10_000, "Ada Quist", "We have not had a storm like that in years.", 1),
                  Cue.exact(10_000, 20_000, "Ben Orr", "And the ferry went out all the same.", 2),
                  Cue.exact(20_000, 21_000, "Ada Quist", "Yes it did.", 3))));

  private static Moment placed(Kind kind, Anchor anchor, String speaker) {
    Moment moment = Moment.builder(kind, "As was said.").anchor(anchor).speaker(speaker).build();
    return new SpeakerPlacer(List.of(TALK)).place(moment);
  }

  private static Anchor words(long from, long to) {
    return Anchor.estimated(TimeSpan.ofMillis(from, to), 0.9, "quote");
  }

  @Test
  void aQuotationAPredictionAndAClaimHaveTheSpeakerOfTheirWords() {
    for (Kind kind : List.of(Kind.QUOTE, Kind.PREDICTION, Kind.FACT)) {
      assertThat(placed(kind, words(500, 9_500), null).speaker()).isEqualTo("Ada Quist");
      assertThat(placed(kind, words(11_000, 19_000), null).speaker()).isEqualTo("Ben Orr");
      assertThat(placed(kind, Anchor.exact(TimeSpan.ofMillis(0, 9_000)), null).speaker())
          .isEqualTo("Ada Quist");
    }
  }

  @Test
  void whatTwoSayHasNone() {
    assertThat(placed(Kind.QUOTE, words(5_000, 15_000), null).speaker()).isNull();
  }

  @Test
  void whatIsPlacedByItsSectionHasNone() {
    Anchor section = Anchor.estimated(TimeSpan.ofMillis(0, 9_000), 0.9, "order+words");
    assertThat(placed(Kind.QUOTE, section, null).speaker()).isNull();
    assertThat(placed(Kind.QUOTE, Anchor.unplaced(), null).speaker()).isNull();
  }

  @Test
  void whatItsSourceSaysStays() {
    assertThat(placed(Kind.QUOTE, words(500, 9_500), "Cy Sea").speaker()).isEqualTo("Cy Sea");
    assertThat(placed(Kind.TERM, words(500, 9_500), null).speaker()).isNull();
  }
}

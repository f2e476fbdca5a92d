package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Correction;
import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.SegmentCues;
import dev.earmark.model.TimeMap;
import dev.earmark.text.Words;
import dev.earmark.transcript.Segmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words that were heard wrongly, set right with their times. */
final class HeardWordsTest {
  private static final HeardWords HARBOUR =
      new HeardWords(
          Map.of(
              "Gullhaven", List.of("Gull Haven", "Gulhafen"),
              "Saint Ives", List.of("centives")));

  private static Moment segment(String... cues) {
    List<Cue> all = new ArrayList<>();
    for (int i = 0; i < cues.length; i++) {
      all.add(Cue.exact(i * 4_000L, i * 4_000L + 4_000, null, cues[i], i + 1));
    }
    return Segmenter.segment(all).getFirst();
  }

  private static String right(String said) {
    return HARBOUR.in(segment(said)).body();
  }

  @Test
  void whatWasHeardGivesWayToWhatItIs() {
    assertThat(right("At Gull Haven the crane is broken."))
        .isEqualTo("At Gullhaven the crane is broken.");
    assertThat(right("at GULL-HAVEN, then")).isEqualTo("at Gullhaven, then");
    assertThat(right("Gulhafen's crane")).isEqualTo("Gullhaven's crane");
    assertThat(right("Gulhafen’s crane")).isEqualTo("Gullhaven’s crane");
    assertThat(right("We like centives and Gulhafen."))
        .isEqualTo("We like Saint Ives and Gullhaven.");
    assertThat(right("A gull. Haven is a word.")).isEqualTo("A gull. Haven is a word.");
    assertThat(right("A seagull haven")).isEqualTo("A seagull haven");
  }

  @Test
  void itKnowsWhatWasHeardAndWhen() {
    Moment moment = HARBOUR.in(segment("At Gull Haven the", "crane of centives waits"));
    assertThat(moment.body()).isEqualTo("At Gullhaven the crane of Saint Ives waits");
    assertThat(moment.corrections())
        .containsExactly(new Correction(1, 1, "Gull Haven"), new Correction(5, 2, "centives"));
    TimeMap times = Objects.requireNonNull(moment.times());
    assertThat(times.words()).isEqualTo(8);
    assertThat(times.startOf(1)).isEqualTo(1_000);
    assertThat(times.endOf(1)).isEqualTo(3_000);
    assertThat(times.startOf(2)).isEqualTo(3_000);
    assertThat(times.startOf(3)).isEqualTo(4_000);
    assertThat(times.endOf(7)).isEqualTo(8_000);
  }

  @Test
  void theCuesStandAsBeforeWithTheRightWords() {
    Moment moment = HARBOUR.in(segment("All of us at Gull", "Haven saw\nGulhafen burn"));
    List<SegmentCues.Part> cues = Objects.requireNonNull(moment.cues()).of(moment.body());
    assertThat(cues)
        .extracting(SegmentCues.Part::text)
        .containsExactly("All of us at Gullhaven", "saw\nGullhaven burn");
    assertThat(cues).extracting(SegmentCues.Part::startMs).containsExactly(0L, 4_000L);
  }

  @Test
  void wordsThatAreSaidAllTheTimeStay() {
    for (String common : List.of("the", "The", "and", "of the", "a", "I", "it is", "— …", "")) {
      assertThat(HeardWords.whyNot("Gullhaven", common, List.of("en"))).as(common).isNotNull();
    }
    assertThat(HeardWords.whyNot("Gullhaven", "der", List.of("en", "de"))).isNotNull();
    assertThat(HeardWords.whyNot("…", "gulhafen", List.of("en"))).isNotNull();
    for (String rare : List.of("Gull Haven", "the gull", "gulhafen", "of Gulhafen")) {
      assertThat(HeardWords.whyNot("Gullhaven", rare, List.of("en"))).as(rare).isNull();
    }
  }

  /** Whatever is replaced, words and times stay one for one, and nothing else changes. */
  @Test
  void theRestIsAsItWasWhateverIsReplaced() {
    long seed = Long.getLong("dev.earmark.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> words =
        List.of("gull", "haven", "gulhafen", "centives", "the", "crane", "is", "it’s");
    for (int run = 0; run < 2_000; run++) {
      String[] cues = new String[1 + random.nextInt(3)];
      for (int i = 0; i < cues.length; i++) {
        StringBuilder cue = new StringBuilder();
        for (int word = 1 + random.nextInt(6); word > 0; word--) {
          cue.append(words.get(random.nextInt(words.size())))
              .append(word == 1 ? "" : random.nextInt(5) == 0 ? "\n" : " ");
        }
        cues[i] = cue.toString();
      }
      Moment before = segment(cues);
      Moment after = HARBOUR.in(before);
      String what = "-Ddev.earmark.seed=" + seed + " run " + run + ": " + before.body();
      String expected =
          before
              .body()
              .replaceAll("\\bgull haven\\b|\\bgulhafen\\b", "Gullhaven")
              .replaceAll("\\bcentives\\b", "Saint Ives");
      assertThat(after.body()).as(what).isEqualTo(expected);
      assertThat(Objects.requireNonNull(after.times()).words())
          .as(what)
          .isEqualTo(Words.of(after.text()).count());
      String joined =
          String.join(
              " ",
              Objects.requireNonNull(after.cues()).of(after.body()).stream()
                  .map(part -> part.text().replace('\n', ' ').strip())
                  .filter(text -> !text.isEmpty())
                  .toList());
      assertThat(joined).as(what).isEqualTo(expected);
      Words right = Words.of(after.text());
      for (Correction correction : after.corrections()) {
        String stands =
            after
                .text()
                .substring(
                    right.start(correction.firstWord()),
                    right.end(correction.firstWord() + correction.words() - 1));
        assertThat(stands).as(what).isIn("Gullhaven", "Saint Ives");
      }
    }
  }
}

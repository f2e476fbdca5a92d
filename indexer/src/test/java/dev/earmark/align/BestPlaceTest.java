package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.model.TimeSpan;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of a text known to lie in a stretch, playing begins where its words come closest together. */
class BestPlaceTest {
  private static final long MINUTE = 60_000;

  private static BestPlace in(String talk) {
    EpisodeDocument episode = Talk.episode(List.of(), Talk.spoken(talk));
    return new BestPlace(SpokenTimeline.of(episode.episode(), episode.sources()));
  }

  @Test
  void itIsWhereTheRareWordsOfTheTextComeTogether() {
    String rare = "ballast keelson bowsprit capstan ";
    String talk = Talk.words(1, 600) + rare + Talk.words(2, 600);
    TimeSpan stretch = TimeSpan.ofMillis(MINUTE, 9 * MINUTE);
    long at = in(talk).in(stretch, "About the capstan, the keelson and a bowsprit.").millis();
    // Half a second a word; what is played begins at most twenty seconds before the first of them.
    assertThat(at).isBetween(600 * Talk.WORD_MS - 20_000, 600 * Talk.WORD_MS + 2_000);
  }

  @Test
  void whatComesOutsideTheStretchDoesNotCount() {
    String rare = "ballast keelson bowsprit capstan ";
    String talk = rare + Talk.words(1, 600) + "capstan " + Talk.words(2, 600);
    TimeSpan stretch = TimeSpan.ofMillis(2 * MINUTE, 9 * MINUTE);
    long at = in(talk).in(stretch, "Ballast, keelson, bowsprit and capstan.").millis();
    assertThat(at).isBetween(604 * Talk.WORD_MS - 20_000, 604 * Talk.WORD_MS + 2_000);
  }

  @Test
  void withoutAWordThatTellsItIsTheStart() {
    TimeSpan stretch = TimeSpan.ofMillis(2 * MINUTE, 4 * MINUTE);
    assertThat(in(Talk.words(1, 1_000)).in(stretch, "Zzyzx qwerty.").millis())
        .isEqualTo(2 * MINUTE);
  }

  @Test
  void itNeverLeavesTheStretch() {
    long seed = Long.getLong("earmark.seed", System.nanoTime());
    Random random = new Random(seed);
    String talk = Talk.words(seed, 1_200);
    String[] words = talk.split(" ");
    BestPlace best = in(talk);
    for (int round = 0; round < 300; round++) {
      long start = random.nextInt(9) * MINUTE;
      TimeSpan stretch = TimeSpan.ofMillis(start, start + (1 + random.nextInt(3)) * MINUTE);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      assertThat(best.in(stretch, text).millis())
          .as("seed %d", seed)
          .isBetween(stretch.startMs(), stretch.endMs());
    }
  }
}

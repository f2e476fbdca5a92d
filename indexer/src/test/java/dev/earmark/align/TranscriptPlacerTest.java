package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A transcript without times takes those of captions, word by word. */
class TranscriptPlacerTest {
  private static Moment[] paragraphs(List<String> words, int each) {
    List<Moment> paragraphs = new ArrayList<>();
    for (int from = 0; from < words.size(); from += each) {
      List<String> some = words.subList(from, Math.min(words.size(), from + each));
      paragraphs.add(
          Moment.builder(Kind.SEGMENT, String.join(" ", some) + ".").speaker("Ann").build());
    }
    return paragraphs.toArray(new Moment[0]);
  }

  @Test
  void everyWordTakesItsOwnTime() {
    String text = Talk.words(11, 2_000);
    List<String> words = Arrays.asList(text.strip().split(" "));
    List<Moment> placed = Talk.aligned(Talk.spoken(text), paragraphs(words, 50));
    int word = 0;
    for (Moment moment : placed) {
      TimeMap times = Objects.requireNonNull(moment.times());
      assertThat(times.words()).isEqualTo(Words.of(moment.text()).count());
      assertThat(moment.speaker()).isEqualTo("Ann");
      assertThat(moment.anchor())
          .isInstanceOfSatisfying(
              Anchor.Estimated.class, anchor -> assertThat(anchor.how()).isEqualTo("transcript"));
      for (int i = 0; i < times.words(); i++) {
        assertThat(times.startOf(i))
            .isBetween((word - 3) * Talk.WORD_MS, (word + 3) * Talk.WORD_MS);
        word++;
      }
    }
    assertThat(word).isEqualTo(2_000);
  }

  @Test
  void whatEditorsCutAndChangeCostsOnlyThat() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> said = Arrays.asList(Talk.words(12, 6_000).strip().split(" "));
    List<String> printed = new ArrayList<>();
    List<Integer> origins = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      if (random.nextInt(900) == 0) {
        i += 120;
      }
      if (i < said.size() && random.nextInt(10) > 0) {
        printed.add(random.nextInt(12) == 0 ? "changed" : said.get(i));
        origins.add(i);
      }
    }
    List<Moment> placed =
        Talk.aligned(Talk.spoken(String.join(" ", said)), paragraphs(printed, 40));
    int word = 0;
    int near = 0;
    for (Moment moment : placed) {
      TimeMap times = moment.times();
      for (int i = 0; i < Words.of(moment.text()).count(); i++) {
        long right = origins.get(word++) * Talk.WORD_MS;
        near += times != null && Math.abs(times.startOf(i) - right) <= 2_000 ? 1 : 0;
      }
    }
    assertThat(near).as("seed %d", seed).isGreaterThan(word * 98 / 100);
  }

  @Test
  void aTranscriptOfAnotherTalkIsNotPlaced() {
    List<String> other = Arrays.asList(Talk.words(14, 3_000).strip().split(" "));
    assertThat(Talk.aligned(Talk.spoken(Talk.words(13, 3_000)), paragraphs(other, 60)))
        .allSatisfy(moment -> assertThat(moment.anchor()).isEqualTo(Anchor.unplaced()));
  }

  @Test
  void withoutTimesAnywhereNothingIsPlacedAndNothingIsLost() {
    Moment[] untimed = paragraphs(Arrays.asList(Talk.words(15, 300).strip().split(" ")), 60);
    SourceDocument one = Talk.written(untimed);
    assertThat(Aligner.align(Talk.episode(List.of(), one)).sources()).containsExactly(one);
  }

  @Test
  void theLongestRisingChainIsFound() {
    int[] values = {5, 1, 2, 9, 3, 4, 0, 8};
    int[] rising = WordPairs.rising(values, values.length);
    assertThat(Arrays.stream(rising).map(place -> values[place])).containsExactly(1, 2, 3, 4, 8);
  }

  @Test
  void tenHoursTakeLinearTime() {
    String text = Talk.words(16, 90_000);
    List<String> words = Arrays.asList(text.strip().split(" "));
    long start = System.nanoTime();
    List<Moment> placed = Talk.aligned(Talk.spoken(text), paragraphs(words, 80));
    assertThat(placed).allSatisfy(moment -> assertThat(moment.times()).isNotNull());
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(20_000);
  }
}

package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.CorpusScanner;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the example says without times is placed by the one document that has some, a digest. */
class SeedsTest {
  private static EpisodeDocument aligned = Talk.episode(List.of());

  @BeforeAll
  static void align() {
    aligned =
        Aligner.align(
            EpisodeReader.read(
                CorpusScanner.scan(List.of(Path.of("../seeds"))).episodes().getFirst()));
  }

  private static Moment moment(Kind kind, String begin) {
    return aligned.sources().stream()
        .flatMap(source -> source.moments().stream())
        .filter(moment -> moment.kind() == kind && moment.text().startsWith(begin))
        .findFirst()
        .orElseThrow();
  }

  /** The stretches are those of the chapters that the episode's makers published. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Scaling in 2025 | 0:00 | 12:36",
        "RL scaling vs pre-training | 0:00 | 12:36",
        "Sample efficiency | 0:00 | 12:36",
        "How close are we? | 12:35 | 29:42",
        "Software engineering reality check | 12:36 | 29:42",
        "Diffusion isn’t an excuse | 12:36 | 29:42",
        "On-the-job learning | 29:42 | 46:20",
        "If AGI is imminent, why not buy vastly | 46:20 | 58:49",
        "How AI labs profit | 58:48 | 1:31:19",
        "Safety in a world of many AIs | 1:20:16 | 1:47:41",
        "Regulation and the patchwork problem | 1:31:19 | 1:47:41",
        "Geopolitics | 1:44:39 | 2:05:46",
        "Claude’s Constitution | 2:05:46 | 2:22:20",
        "What historians will miss | 2:05:46 | 2:22:20",
        "What exactly are we scaling? | 0:00 | 12:36",
        "Is diffusion cope? | 12:35 | 29:42",
        "Is continual learning necessary? | 29:42 | 46:20",
        "If AGI is imminent, why not buy more | 46:20 | 58:49",
        "How will AI labs make profit? | 58:48 | 1:31:19",
        "Will regulations destroy the boons? | 1:20:16 | 1:47:41",
        "China and America | 1:44:39 | 2:05:46"
      })
  void chaptersAndSectionsBeginInTheRightStretch(String title, String from, String to) {
    assertThat(moment(Kind.CHAPTER, title).anchor())
        .isInstanceOfSatisfying(
            Anchor.Estimated.class,
            anchor -> {
              assertThat(anchor.how()).isEqualTo("order+words");
              assertThat(anchor.confidence()).isGreaterThanOrEqualTo(0.5);
              assertThat(anchor.at().start()).isBetween(Timestamp.parse(from), Timestamp.parse(to));
            });
  }

  @Test
  void aQuoteThatTheDigestQuotesLandsOnItsSecond() {
    assertThat(
            moment(Kind.QUOTE, "All the cleverness, all the techniques, all the ‘we need new")
                .anchor()
                .span())
        .hasValueSatisfying(at -> assertThat(at.start()).isEqualTo(Timestamp.parse("2:58")));
    assertThat(moment(Kind.QUOTE, "there’s no force on earth").anchor().span())
        .hasValueSatisfying(at -> assertThat(at.start()).isEqualTo(Timestamp.parse("51:50")));
  }

  @Test
  void bulletsLieInsideTheirChapter() {
    Moment chapter = moment(Kind.CHAPTER, "Geopolitics");
    TimeSpan at = chapter.anchor().span().orElseThrow();
    List<Moment> bullets =
        aligned.sources().stream()
            .flatMap(source -> source.moments().stream())
            .filter(moment -> moment.section().contains(chapter.title()))
            .toList();
    assertThat(bullets)
        .hasSize(4)
        .allSatisfy(bullet -> {
          TimeSpan inside = bullet.anchor().span().orElseThrow();
          assertThat(inside.startMs()).isBetween(at.startMs(), at.endMs());
          assertThat(inside.endMs()).isLessThanOrEqualTo(at.endMs());
        });
  }

  @Test
  void topicsGetTheirStretch() {
    assertThat(moment(Kind.TERM, "Export Controls").anchor().span())
        .hasValueSatisfying(at -> assertThat(at.start()).isEqualTo(Timestamp.parse("1:44:39")));
  }

  @Test
  void whatIsAboutNothingInTheRecordingIsNotPlaced() {
    assertThat(moment(Kind.NOTE, "Buy me a coffee").anchor()).isEqualTo(Anchor.unplaced());
    assertThat(moment(Kind.CHAPTER, "Editorial Analysis").anchor()).isEqualTo(Anchor.unplaced());
  }
}

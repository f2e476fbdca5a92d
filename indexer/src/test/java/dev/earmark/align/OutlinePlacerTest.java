package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sections lie where they are spoken of, in their order, or nowhere. */
class OutlinePlacerTest {
  private static final int WORDS = 600;
  private static final List<String> SUBJECTS =
      List.of(
          "glacier tundra permafrost iceberg moraine crevasse fjord blizzard sledge husky avalanche",
          "violin cello orchestra conductor rehearsal sonata maestro quartet overture tempo viola",
          "yeast sourdough oven crust flour kneading bakery loaf dough rye baguette",
          "telescope galaxy nebula quasar redshift comet eclipse orbit asteroid spectrum parsec",
          "goalkeeper penalty striker referee offside midfield dribble corner tackle league stadium",
          "parliament minister election ballot senate coalition treaty veto mandate decree campaign",
          "submarine torpedo periscope sonar hull ballast captain harpoon anchor rudder keel",
          "orchard pruning cider blossom grafting rootstock harvest pollen hive beekeeper pear",
          "chess bishop rook gambit endgame checkmate castling pawn tournament grandmaster clock");

  /** A talk with a stretch of five minutes on each subject, which every eighth word tells. */
  private static SourceDocument talk() {
    StringBuilder talk = new StringBuilder();
    Random random = new Random(21);
    for (int i = 0; i < SUBJECTS.size(); i++) {
      String[] own = SUBJECTS.get(i).split(" ");
      String[] filler = Talk.words(30 + i, WORDS).split(" ");
      for (int w = 0; w < WORDS; w++) {
        talk.append(random.nextInt(8) == 0 ? own[random.nextInt(own.length)] : filler[w])
            .append(' ');
      }
    }
    return Talk.spoken(talk.toString());
  }

  private static long startOf(int subject) {
    return subject * WORDS * Talk.WORD_MS;
  }

  private static Moment chapter(String title, String body) {
    return Moment.builder(Kind.CHAPTER, body).title(title).build();
  }

  /** A chapter that has all the words of a subject. */
  private static Moment about(int subject) {
    String[] own = SUBJECTS.get(subject).split(" ");
    return chapter(own[0] + " and " + own[1], String.join(", ", own));
  }

  private static Moment bullet(String under, String text) {
    return Moment.builder(Kind.NOTE, text).section(List.of(under)).build();
  }

  @Test
  void chaptersWithoutTimesGetThemAndHoldTheirBullets() {
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < SUBJECTS.size(); i++) {
      String[] own = SUBJECTS.get(i).split(" ");
      moments.add(chapter("Part " + i, String.join(", ", own)));
      moments.add(bullet("Part " + i, "What a " + own[2] + " is for"));
      moments.add(bullet("Part " + i, own[3] + " and " + own[4]));
    }
    List<Moment> placed = Talk.aligned(talk(), moments.toArray(new Moment[0]));
    for (int i = 0; i < SUBJECTS.size(); i++) {
      Moment chapter = placed.get(3 * i);
      TimeSpan at = chapter.anchor().span().orElseThrow();
      assertThat(at.startMs()).isBetween(startOf(i) - 20_000, startOf(i) + 120_000);
      assertThat(chapter.anchor())
          .isInstanceOfSatisfying(
              Anchor.Estimated.class, anchor -> assertThat(anchor.how()).isEqualTo("order+words"));
      for (int bullet = 3 * i + 1; bullet < 3 * i + 3; bullet++) {
        TimeSpan inside = placed.get(bullet).anchor().span().orElseThrow();
        assertThat(inside.startMs()).isBetween(at.startMs(), at.endMs());
        assertThat(inside.endMs()).isLessThanOrEqualTo(at.endMs());
      }
    }
  }

  @Test
  void partsAboutNothingInTheTalkAreLeftOut() {
    List<Moment> placed =
        Talk.aligned(
            talk(),
            about(0),
            chapter("Subscribe", "Buy me coffee and leave reviews"),
            about(2),
            chapter("About the author", "Born in Winnipeg, lives with cats"),
            about(3),
            about(5),
            about(8),
            chapter("Related reading", "Books, papers, blogs"));
    assertThat(placed.get(0).anchor().span().orElseThrow().startMs()).isLessThan(120_000);
    assertThat(placed.get(2).anchor().span().orElseThrow().startMs())
        .isBetween(startOf(2) - 20_000, startOf(2) + 120_000);
    assertThat(placed.get(4).anchor().span().orElseThrow().startMs())
        .isBetween(startOf(3) - 20_000, startOf(3) + 120_000);
    for (int other : new int[] {1, 3, 7}) {
      assertThat(placed.get(other).anchor()).isEqualTo(Anchor.unplaced());
    }
  }

  @Test
  void timesThatTheDocumentHasHoldTheRestInPlace() {
    Moment timed =
        chapter("Something else", "").toBuilder()
            .anchor(Anchor.exact(TimeSpan.ofMillis(startOf(2), startOf(3))))
            .build();
    List<Moment> placed =
        Talk.aligned(talk(), about(0), about(1), timed, about(3), about(5), about(7));
    assertThat(placed.get(2)).isEqualTo(timed);
    assertThat(placed.get(1).anchor().span().orElseThrow().startMs()).isLessThan(startOf(2));
    assertThat(placed.get(3).anchor().span().orElseThrow().startMs())
        .isGreaterThanOrEqualTo(startOf(2));
  }

  @Test
  void documentsAboutSomethingElseAreNotPlaced() {
    List<Moment> other = new ArrayList<>();
    List<Moment> foreign = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      other.add(chapter("Matter " + i, "Concerning upholstery, velvet number " + i + " and looms"));
      foreign.add(chapter("第" + i + "章", "氷河と交響楽団についての話"));
    }
    for (List<Moment> document : List.of(other, foreign)) {
      assertThat(Talk.aligned(talk(), document.toArray(new Moment[0])))
          .allSatisfy(moment -> assertThat(moment.anchor()).isEqualTo(Anchor.unplaced()));
    }
  }

  @Test
  void topicsGetTheStretchTheyAreSpokenOfIn() {
    SourceDocument list =
        Talk.written(
            Moment.builder(Kind.TERM, "Sourdough").build(),
            Moment.builder(Kind.TERM, "Upholstery").build());
    EpisodeDocument aligned =
        Aligner.align(Talk.episode(List.of("Sourdough", "Upholstery"), talk(), list));
    List<Moment> topics = aligned.sources().getLast().moments();
    assertThat(topics.get(0).anchor())
        .isInstanceOfSatisfying(
            Anchor.Estimated.class,
            anchor -> {
              assertThat(anchor.how()).isEqualTo("topic");
              assertThat(anchor.at().startMs()).isBetween(startOf(2), startOf(3));
              assertThat(anchor.at().endMs()).isBetween(startOf(2), startOf(3) + 20_000);
            });
    assertThat(topics.get(1).anchor()).isEqualTo(Anchor.unplaced());
  }

  @Test
  void threeHoursAndAHundredBlocksTakeLessThanFourSecondsOfProcessorTime() {
    SourceDocument talk = Talk.spoken(Talk.words(41, 27_000));
    Moment[] blocks = new Moment[100];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = chapter("Block " + i, Talk.words(100 + i, 80));
    }
    Talk.aligned(talk, blocks);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Talk.aligned(talk, blocks);
    // Twice what is promised of a core, since others may share its caches.
    assertThat((threads.getCurrentThreadCpuTime() - start) / 1_000_000).isLessThan(4_000);
  }

  @Test
  void aDocumentTenTimesAsLongAsTheTalkEndsWithoutGuesses() {
    Moment[] blocks = new Moment[3_000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Moment.builder(Kind.NOTE, Talk.words(5_000 + i, 10)).build();
    }
    assertThat(Talk.aligned(talk(), blocks))
        .allSatisfy(moment -> assertThat(moment.anchor()).isEqualTo(Anchor.unplaced()));
  }
}

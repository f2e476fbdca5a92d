package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes, edited in every way that editors edit, land on the word that was said. */
class QuotePlacerTest {
  private static final String BEFORE = Talk.words(1, 3_000);
  private static final String AFTER = Talk.words(2, 3_000);
  private static final long AT = 3_000 * Talk.WORD_MS;

  private static Anchor placed(String said, String quoted) {
    SourceDocument talk = Talk.spoken(BEFORE + said + " " + AFTER);
    return Talk.aligned(talk, Talk.quote(quoted)).getFirst().anchor();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the harbour was frozen until the middle of april | The harbour was frozen until the middle of April.",
        "um so the the harbour was you know frozen until uh the middle of april | The harbour was frozen until the middle of April.",
        "the harbour was frozen until the middle of april | A harbour stayed frozen until that middle of April",
        "it cost a trillion dollars to thaw the harbour | It cost $1 trillion to thaw the harbour",
        "the traffic grew ten x in twenty twenty six at the harbour | The traffic grew 10x in 2026 at the harbour",
        "we're gonna thaw the harbour don't you worry sailors | We are going to thaw the harbour; do not worry, sailors",
        "forty five percent of harbours thaw two hundred days a year | 45% of harbours thaw 200 days a year",
        "the harbours were frozen and the companies were bankrupt | The harbour was frozen and the company was bankrupt"
      })
  void anEditedQuoteLandsOnItsFirstWord(String said, String quoted) {
    assertThat(placed(said, quoted))
        .isInstanceOfSatisfying(
            Anchor.Estimated.class,
            anchor -> {
              assertThat(anchor.how()).isEqualTo("quote");
              assertThat(anchor.confidence()).isGreaterThan(0.85);
              assertThat(anchor.at().startMs()).isBetween(AT, AT + 3 * Talk.WORD_MS);
              long end = AT + said.split(" ").length * Talk.WORD_MS;
              assertThat(anchor.at().endMs()).isBetween(end - 3 * Talk.WORD_MS, end);
            });
  }

  @Test
  void aQuoteOfTwoPlacesBeginsAtTheFirstAndEndsAtTheSecond() {
    String said =
        "the harbour was frozen all winter "
            + Talk.words(3, 60)
            + "and the sailors went home by sledge";
    Anchor anchor =
        placed(said, "The harbour was frozen all winter… the sailors went home by sledge.");
    TimeSpan at = anchor.span().orElseThrow();
    assertThat(at.startMs()).isEqualTo(AT);
    assertThat(at.endMs()).isEqualTo(AT + 73 * Talk.WORD_MS);
  }

  @Test
  void wordsThatWereNeverSaidAreNotPlaced() {
    assertThat(placed("the harbour was frozen", "Nobody ever mentioned penguins on bicycles"))
        .isEqualTo(Anchor.unplaced());
    assertThat(placed("the harbour was frozen", "…")).isEqualTo(Anchor.unplaced());
    assertThat(placed("the harbour was frozen", "港は四月まで凍っていました")).isEqualTo(Anchor.unplaced());
  }

  @Test
  void whatWasSaidThreeTimesIsPlacedOnlyWhereItsSectionTellsWhich() {
    String refrain = "frozen harbours never sleep ";
    String whales = "whaling harpoon blubber baleen ".repeat(12);
    String ice = "tundra glacier permafrost moraine ".repeat(12);
    String talk =
        BEFORE + refrain + whales + AFTER + ice + refrain + ice + Talk.words(4, 900) + refrain;
    assertThat(Talk.aligned(Talk.spoken(talk), Talk.quote(refrain)).getFirst().anchor())
        .isEqualTo(Anchor.unplaced());

    List<Moment> inSections =
        Talk.aligned(
            Talk.spoken(talk),
            Moment.builder(Kind.CHAPTER, "harpoon, blubber, baleen").title("Whaling").build(),
            Moment.builder(Kind.CHAPTER, "glacier, permafrost, moraine").title("Tundra").build(),
            Moment.builder(Kind.QUOTE, refrain).section(List.of("Tundra")).build());
    long second = talk.substring(0, talk.indexOf(ice + refrain) + ice.length()).split(" ").length;
    assertThat(inSections.getLast().anchor())
        .isInstanceOfSatisfying(
            Anchor.Estimated.class,
            anchor -> {
              assertThat(anchor.how()).isEqualTo("quote");
              assertThat(anchor.at().startMs()).isEqualTo(second * Talk.WORD_MS);
            });
  }

  @Test
  void tenHoursCostLittleMoreThanOne() {
    SourceDocument talk =
        Talk.spoken(
            Talk.words(5, 45_000)
                + "the harbour was frozen all winter long "
                + Talk.words(6, 45_000));
    Moment[] quotes = new Moment[200];
    for (int i = 0; i < quotes.length; i++) {
      quotes[i] = Talk.quote("The harbour was frozen all winter long");
    }
    long start = System.nanoTime();
    assertThat(Talk.aligned(talk, quotes))
        .allSatisfy(quote ->
            assertThat(quote.anchor().span().orElseThrow().startMs())
                .isEqualTo(45_000 * Talk.WORD_MS));
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(20_000);
  }
}

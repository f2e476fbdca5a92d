package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.transcript.Segmenter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every quotation is looked up in the transcript, and what it says of it is kept. */
class QuoteCheckerTest {
  private static final String BEFORE = Talk.words(11, 1_500);
  private static final String SAID = "the pilot boat never leaves before the second bell has rung ";
  private static final String AFTER = Talk.words(12, 1_500);
  private static final long AT = 1_500 * Talk.WORD_MS;
  private static final SourceDocument TALK = Talk.spoken(BEFORE + SAID + AFTER);
  private static final String EXACT =
      "The pilot boat never leaves before the second bell has rung.";

  private static Moment checked(Moment moment) {
    return Talk.aligned(TALK, moment).getFirst();
  }

  private static QuoteCheck check(Moment moment) {
    QuoteCheck check = checked(moment).check();
    assertThat(check).isNotNull();
    return check == null ? QuoteCheck.notFound() : check;
  }

  private static Moment at(String words, String time) {
    return Talk.quote(words).toBuilder()
        .anchor(Anchor.exact(TimeSpan.from(Timestamp.parse(time))))
        .line(7)
        .build();
  }

  @Test
  void wordForWordIsSaidSo() {
    QuoteCheck check = check(Talk.quote(EXACT));
    assertThat(check.result()).isEqualTo(QuoteCheck.Result.SAID);
    assertThat(check.at()).isEqualTo(TimeSpan.ofMillis(AT, AT + 11 * Talk.WORD_MS));
    assertThat(check.stated()).isNull();
  }

  @Test
  void nearlyTheSameIsSaidInOtherWords() {
    QuoteCheck check =
        check(Talk.quote("A pilot boat must never leave before that second bell has rung."));
    assertThat(check.result()).isEqualTo(QuoteCheck.Result.REWORDED);
    TimeSpan at = check.at();
    assertThat(at).isNotNull();
    assertThat(at == null ? 0 : at.startMs()).isBetween(AT, AT + 2 * Talk.WORD_MS);
  }

  @Test
  void whatIsNowhereIsNotFoundAndNotPlaced() {
    Moment quote = checked(Talk.quote("Anybody who trusts a weather forecast deserves the rain."));
    assertThat(quote.check()).isEqualTo(QuoteCheck.notFound());
    assertThat(quote.anchor()).isEqualTo(Anchor.unplaced());
  }

  @Test
  void thatATranscriptIsOfAPartIsToldOnce() {
    Moment late = at("Somewhere else he said that boats are never finished.", "3:20:00");
    Moment[] notes = {
      late,
      at("And that nobody who counts the waves has time to row.", "3:21:00"),
      at(EXACT, Timestamp.clamped(AT).clock()),
    };
    EpisodeDocument aligned = Aligner.align(Talk.episode(List.of(), TALK, Talk.written(notes)));
    assertThat(aligned.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("transcript-of-a-part");
          assertThat(problem.message())
              .isEqualTo(
                  "2 quotations are not in the transcript, which covers only 25:05 of 3:21:00");
        });
    assertThat(aligned.sources().getLast().moments())
        .extracting(moment -> moment.check() == null ? null : moment.check().result())
        .containsExactly(
            QuoteCheck.Result.NOT_FOUND, QuoteCheck.Result.NOT_FOUND, QuoteCheck.Result.SAID);
  }

  @Test
  void aWrongTimeGivesWayToTheRightOneAndIsTold() {
    EpisodeDocument aligned =
        Aligner.align(Talk.episode(List.of(), TALK, Talk.written(at(EXACT, "2:00"))));
    Moment quote = aligned.sources().getLast().moments().getFirst();
    assertThat(quote.anchor().span().orElseThrow().startMs()).isEqualTo(AT);
    assertThat(quote.anchor()).isInstanceOf(Anchor.Estimated.class);
    QuoteCheck check = quote.check();
    assertThat(check == null ? null : check.stated())
        .isEqualTo(TimeSpan.from(Timestamp.parse("2:00")));
    assertThat(aligned.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("quote-elsewhere");
          assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
          assertThat(problem.source()).isEqualTo("notes.md");
          assertThat(problem.line()).isEqualTo(7);
          assertThat(problem.message()).contains("is put at 2:00; it is said at 12:30");
        });
  }

  @Test
  void aTimeThatIsNearStays() {
    Moment quote = checked(at(EXACT, "12:38"));
    assertThat(quote.anchor()).isEqualTo(Anchor.exact(TimeSpan.from(Timestamp.parse("12:38"))));
    QuoteCheck check = quote.check();
    assertThat(check == null ? null : check.result()).isEqualTo(QuoteCheck.Result.SAID);
    assertThat(check == null ? EXACT : check.stated()).isNull();
  }

  @Test
  void ofTwoPlacesTheOneThatTheSourceNamesIsMeant() {
    SourceDocument talk = Talk.spoken(BEFORE + SAID + AFTER + SAID + BEFORE);
    String second = Timestamp.clamped(3_011 * Talk.WORD_MS).clock();
    Moment quote = Talk.aligned(talk, at(EXACT, second)).getFirst();
    assertThat(quote.anchor()).isInstanceOf(Anchor.Exact.class);
    QuoteCheck check = quote.check();
    TimeSpan found = check == null ? null : check.at();
    assertThat(found == null ? 0 : found.startMs()).isEqualTo(3_011 * Talk.WORD_MS);
  }

  @Test
  void ofTwoPlacesNoneIsTakenWhereNothingTells() {
    SourceDocument talk = Talk.spoken(BEFORE + SAID + AFTER + SAID + BEFORE + SAID);
    Moment quote = Talk.aligned(talk, Talk.quote(EXACT)).getFirst();
    assertThat(quote.anchor()).isEqualTo(Anchor.unplaced());
    QuoteCheck check = quote.check();
    assertThat(check == null ? null : check.result()).isEqualTo(QuoteCheck.Result.SAID);
    assertThat(check == null ? EXACT : check.at()).isNull();
  }

  @Test
  void aTranslationIsNotCalledUnsaid() {
    Moment quote = Talk.quote("Das Lotsenboot fährt nie vor dem zweiten Glockenschlag hinaus.");
    SourceDocument german = new SourceDocument("notizen.md", "text", "de", List.of(quote));
    Moment checked =
        Aligner.align(Talk.episode(List.of(), TALK, german))
            .sources()
            .getLast()
            .moments()
            .getFirst();
    assertThat(checked.check()).isNull();
  }

  @Test
  void aTranscriptWithoutTimesCanStillSayWhetherItWasSaid() {
    Moment paragraph = Moment.builder(Kind.SEGMENT, BEFORE + SAID + AFTER).build();
    SourceDocument untimed =
        new SourceDocument("talk.txt", "untimed-transcript", "en", List.of(paragraph));
    List<Moment> quotes =
        Talk.aligned(
            untimed,
            Talk.quote(EXACT),
            Talk.quote("No one sails on a Friday if the cat is asleep."));
    assertThat(quotes)
        .extracting(moment -> moment.check() == null ? null : moment.check().result())
        .containsExactly(QuoteCheck.Result.SAID, QuoteCheck.Result.NOT_FOUND);
    assertThat(quotes)
        .allSatisfy(moment -> assertThat(moment.anchor()).isEqualTo(Anchor.unplaced()));
  }

  @Test
  void aQuotationTakesTheSpeakerOfTheWords() {
    List<Cue> cues = new ArrayList<>();
    cues.add(Cue.exact(0, 4_000, "Ada Quist", "Good morning, and thank you for coming here.", 1));
    cues.add(Cue.exact(4_000, 9_000, "Ben Orr", "Nobody mends a net while the herring runs.", 2));
    SourceDocument talk = new SourceDocument("talk.vtt", "vtt", "en", Segmenter.segment(cues));
    Moment quote =
        Talk.aligned(talk, Talk.quote("Nobody mends a net while the herring runs")).getFirst();
    assertThat(quote.speaker()).isEqualTo("Ben Orr");
    Moment named =
        Talk.aligned(
                talk,
                Talk.quote("Nobody mends a net while the herring runs").toBuilder()
                    .speaker("Ada Quist")
                    .build())
            .getFirst();
    assertThat(named.speaker()).isEqualTo("Ada Quist");
    QuoteCheck check = named.check();
    assertThat(check == null ? null : check.speaker()).isEqualTo("Ben Orr");
  }

  @Test
  void whatAParagraphQuotesIsAQuoteOfItsOwn() {
    Moment note =
        Moment.builder(
                Kind.NOTE, "As she says, “the pilot boat never leaves before the second bell”.")
            .section(List.of("Rules"))
            .line(3)
            .build();
    List<Moment> moments = Talk.aligned(TALK, note);
    assertThat(moments).hasSize(2);
    assertThat(moments.getLast().kind()).isEqualTo(Kind.QUOTE);
    assertThat(moments.getLast().body())
        .isEqualTo("the pilot boat never leaves before the second bell");
    assertThat(moments.getLast().section()).containsExactly("Rules");
    assertThat(moments.getLast().line()).isEqualTo(3);
    assertThat(moments.getLast().anchor().span().orElseThrow().startMs()).isEqualTo(AT);
  }

  @Test
  void emphasisIsAQuoteOnlyIfItWasSaid() {
    Moment said =
        Moment.builder(Kind.NOTE, "Remember: never leaves before the second bell.")
            .detail("emphasis", "never leaves before the second bell")
            .build();
    Moment meant =
        Moment.builder(Kind.NOTE, "This is really very important to me.")
            .detail("emphasis", "really very important to me")
            .build();
    assertThat(Talk.aligned(TALK, said))
        .extracting(Moment::kind)
        .containsExactly(Kind.NOTE, Kind.QUOTE);
    assertThat(Talk.aligned(TALK, meant)).extracting(Moment::kind).containsExactly(Kind.NOTE);
  }

  @Test
  void aPhraseInMarksThatNobodySaidStaysInItsParagraph() {
    Moment note = Moment.builder(Kind.NOTE, "The “law of the sleeping cat” is mine.").build();
    assertThat(Talk.aligned(TALK, note)).extracting(Moment::kind).containsExactly(Kind.NOTE);
  }

  @Test
  void fewWordsThatAreSaidOftenStayUnplaced() {
    SourceDocument talk =
        Talk.spoken(BEFORE + "we will see you " + AFTER + "we will see you " + BEFORE);
    Moment quote = Talk.aligned(talk, Talk.quote("We will see you")).getFirst();
    assertThat(quote.anchor()).isEqualTo(Anchor.unplaced());
  }

  @Test
  void withoutATranscriptNothingIsChecked() {
    Moment digest =
        Moment.builder(Kind.SEGMENT, "The pilot tells of bells.")
            .title("Bells")
            .anchor(Anchor.exact(TimeSpan.ofMillis(0, 60_000)))
            .build();
    SourceDocument source = new SourceDocument("digest.txt", "video-digest", "en", List.of(digest));
    assertThat(Talk.aligned(source, Talk.quote(EXACT)).getFirst().check()).isNull();
  }
}

package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Suggestion.Type;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is suggested while somebody types, over the seeds and a small talk. */
class SuggestTest {
  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  @Timeout(60)
  static void index() throws IOException, InterruptedException {
    Path talk = Files.createDirectories(folder.resolve("talk"));
    Files.writeString(
        talk.resolve("garden.vtt"),
        """
        WEBVTT

        00:00:00.000 --> 00:00:04.000
        <v Zoë Müller>The compost heap is warm again.

        00:00:04.000 --> 00:00:08.000
        <v Ann Hill>A compost heap wants air.

        00:00:08.000 --> 00:00:12.000
        <v Zoë Müller>So turn the compost heap often.
        """);
    Files.writeString(
        talk.resolve("garden.yaml"),
        """
        id: garden-1
        title: Winter in the garden
        show: The Hedge
        """);
    Files.writeString(
        talk.resolve("garden.chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "Warm"}, {"startTime": 4, "title": "Why heaps go cold"}]}
        """);
    List<String> who =
        List.of("Pilots", "Ropers", "Divers", "Cooks", "Clerks", "Keepers", "Smiths");
    List<String> what = List.of("sails", "lamps", "wages", "storms", "weather", "maps", "salt");
    StringBuilder panel = new StringBuilder("WEBVTT\n\n");
    for (int i = 0; i < 70; i++) {
      String said = i == 30 ? "netwrok" : "network";
      panel.append("00:%02d:%02d.000 --> ".formatted(i / 2, i % 2 * 30));
      panel.append("00:%02d:%02d.000\n".formatted(i / 2, i % 2 * 30 + 9));
      panel.append(
          "<v Speaker 7>%s of the harbour %s spoke of %s, number %d.\n\n"
              .formatted(who.get(i % 7), said, what.get(i / 10), i));
    }
    Files.writeString(talk.resolve("harbour-panel.vtt"), panel.toString());
    Files.writeString(
        talk.resolve("river-panel.vtt"),
        "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Speaker 7>Nothing was heard of the boats.\n");
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, talk);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    while (engine.suggest("compost h", 1).isEmpty()) {
      Thread.sleep(20);
    }
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static List<Suggestion> suggest(String typed) throws IOException {
    return engine.suggest(typed, 10);
  }

  @Test
  void aSpeakerIsSuggestedByAnyOfTheirNames() throws IOException {
    for (String typed : List.of("dar", "Dario A", "amo", "AMODEI")) {
      Suggestion first = suggest(typed).getFirst();
      assertThat(first.text()).as(typed).isEqualTo("Dario Amodei");
      assertThat(first.type()).isEqualTo(Type.SPEAKER);
      assertThat(engine.search(SearchRequest.of(first.query() + "")).total())
          .isEqualTo(first.count());
    }
  }

  @Test
  void accentsDoNotMatter() throws IOException {
    assertThat(suggest("zoe").getFirst().text()).isEqualTo("Zoë Müller");
    assertThat(suggest("mul").getFirst().text()).isEqualTo("Zoë Müller");
  }

  @Test
  void showsEpisodesTopicsAndPhrasesAreSuggested() throws IOException {
    assertThat(suggest("hed"))
        .contains(Suggestion.query("The Hedge", Type.SHOW, 5, "show:\"The Hedge\""));
    assertThat(suggest("winter in"))
        .anySatisfy(one -> {
          assertThat(one.type()).isEqualTo(Type.EPISODE);
          assertThat(one.episodeId()).isEqualTo("garden-1");
        });
    assertThat(suggest("cold"))
        .contains(new Suggestion("Why heaps go cold", Type.CHAPTER, 1, null, "garden-1", 4_000L));
    assertThat(suggest("export")).anySatisfy(one -> assertThat(one.type()).isEqualTo(Type.TOPIC));
    assertThat(suggest("compost h"))
        .contains(Suggestion.query("compost heap", Type.PHRASE, 3, "\"compost heap\""));
    assertThat(suggest("expon"))
        .anySatisfy(one -> {
          assertThat(one.type()).isEqualTo(Type.WORD);
          assertThat(one.text()).isEqualTo("exponential");
        });
  }

  @Test
  void theWordBeingTypedIsCompletedByWhatIsSaidBehindTheOneBefore() throws IOException {
    assertThat(suggest("turn the compost he"))
        .contains(Suggestion.query("turn the compost heap", Type.WORD, 3, "turn the compost heap"))
        .noneSatisfy(one -> assertThat(one.text()).endsWith("have"));
    assertThat(suggest("country of gen").getFirst().text()).isEqualTo("country of geniuses");
    assertThat(suggest("exponen").getFirst().text()).isEqualTo("exponential");
  }

  @Test
  void aBeginningThatIsNoWordIsCompletedInWhatIsMeant() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("country of geniu"));
    assertThat(page.didYouMean()).isEqualTo("country of geniuses");
    assertThat(engine.search(SearchRequest.of("country of gen")).didYouMean())
        .isEqualTo("country of geniuses");
    assertThat(engine.search(SearchRequest.of("compo")).didYouMean()).isEqualTo("compost");
  }

  /** What is mistyped in the query is now and then mistyped in a transcript, too. */
  @Test
  void whatHardlyAnybodySaysIsSetRightIfItsNeighboursSayWhatIsMeant() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("harbour netwrok"));
    assertThat(page.exactTotal()).isEqualTo(1);
    assertThat(page.didYouMean()).isEqualTo("harbour network");
    assertThat(engine.search(SearchRequest.of("harbour network")).didYouMean()).isNull();
  }

  @Test
  void whatTellsSpeakersApartIsNoName() throws IOException {
    assertThat(suggest("speaker 7"))
        .anyMatch(one -> one.type() == Type.SPEAKER && one.text().contains("(harbour-panel)"));
    assertThat(suggest("harbour")).noneMatch(one -> one.type() == Type.SPEAKER);
  }

  @Test
  void aQuestionThatIsAnsweredIsNotSetRight() throws IOException {
    assertThat(
            engine
                .search(SearchRequest.of("what does Dario say about the diffusion of zanzibarus"))
                .didYouMean())
        .isNull();
  }

  @Test
  void noTypeCrowdsOutTheOthersAndNothingIsThereTwice() throws IOException {
    List<Suggestion> suggestions = suggest("a");
    assertThat(suggestions).hasSize(10).doesNotHaveDuplicates();
    assertThat(suggestions).extracting(Suggestion::type).isSorted();
    assertThat(suggestions.stream().map(Suggestion::type).distinct().count()).isGreaterThan(2);
  }

  @Test
  void nothingIsSuggestedForNothing() throws IOException {
    for (String typed : List.of("", "   ", "\"", "qqqqq", "\uD800")) {
      assertThat(suggest(typed)).as(typed).isEmpty();
    }
  }
}

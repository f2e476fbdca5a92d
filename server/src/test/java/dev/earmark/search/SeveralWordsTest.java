package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.SearchRequest.Match;
import dev.earmark.search.SearchRequest.Sort;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several plain words mean the places where they come together. */
class SeveralWordsTest {
  private static final List<String> LINES =
      List.of(
          "The budget of the town was never read out loud to anybody.",
          "Of course the meeting began late, and of those who came half left again.",
          "For the roof we have a budget meeting on Monday, and the roof comes first.",
          "The geniuses of this country went home, all of them.",
          "We keep a country of geniuses in a data center, and that is the plan.",
          "Geniuses are rare, and this one had forgotten the key of the house.",
          "Every country has its own way of saying so.",
          "The rest of the evening was music, and nothing else was said of it.");

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("talk.vtt"), talk(LINES));
    Files.writeString(
        corpus.resolve("other.vtt"), talk(List.of("A meeting of another kind, and no money.")));
    Files.writeString(
        corpus.resolve("garden.vtt"),
        """
        WEBVTT
        Language: en

        00:00:00.000 --> 00:00:04.000
        <v Ann>Who looks after the orchard?

        00:00:04.000 --> 00:00:07.000
        <v Ben>Nobody, and that is a pity.

        00:00:07.000 --> 00:00:11.000
        <v Cy>My gardener does, on Sundays.
        """);
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  /** Lines that stand so far apart that what is in two of them does not come together. */
  private static String talk(List<String> lines) {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: en\n");
    int at = 0;
    for (String line : lines) {
      vtt.append(cue(at, at + 10, line));
      for (int i = 0; i < 16; i++) {
        int from = at + 10 + 10 * i;
        StringBuilder filler = new StringBuilder();
        for (int word = 0; word < 25; word++) {
          filler.append("bcdfghklmnprstvz".charAt(i)).append("aeiou".charAt(word / 5)).append("lo");
          filler.append("bdfgk".charAt(word % 5)).append("a ");
        }
        vtt.append(cue(from, from + 10, filler.toString()));
      }
      at += 170;
    }
    return vtt.toString();
  }

  private static String cue(int from, int to, String text) {
    return "\n%02d:%02d.000 --> %02d:%02d.000\n<v Ann>%s\n"
        .formatted(from / 60, from % 60, to / 60, to % 60, text);
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  private static SearchRequest inTalk(String query) {
    return SearchRequest.of(query).withFilter(Schema.EPISODE, "talk");
  }

  /** Which lines the hits land on. */
  private static List<Long> lines(SearchPage page) {
    return page.hits().stream().map(hit -> Objects.requireNonNull(hit.atMs()) / 170_000).toList();
  }

  private static Matched matched(SearchPage page) {
    return Objects.requireNonNull(page.matched());
  }

  /** Run a failure again with {@code -Dseed=…}. */
  @Test
  void whatIsListedAndWhatIsLooserIsAllThatHasAnyWord() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> words = List.of(String.join(" ", LINES).split("[ .,]+"));
    for (int i = 0; i < 300; i++) {
      StringBuilder query = new StringBuilder();
      for (int word = 0; word < 2 + random.nextInt(3); word++) {
        query.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      query.append(
          List.of("", "-roof", "\"of the\"", "+was", "kind:segment").get(random.nextInt(5)));
      SearchPage page = search(query.toString());
      long any = engine.search(SearchRequest.of(query.toString()).withMatch(Match.ANY)).total();
      assertThat(page.total() + page.looserTotal()).as("%s, seed %d", query, seed).isEqualTo(any);
    }
  }

  @Test
  void aMatchHasAllWordsAndWhatHasSomeIsOfferedNotCounted() throws IOException {
    SearchPage page = search("budget meeting");
    assertThat(lines(page)).containsExactly(2L);
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.looserTotal()).isEqualTo(3);
    assertThat(matched(page).sentence()).isEqualTo("all of: budget, meeting");
    assertThat(search("zebras xylophones").sentence())
        .isEqualTo("nothing has any of: zebras, xylophones");
    SearchPage any = engine.search(SearchRequest.of("budget meeting").withMatch(Match.ANY));
    assertThat(any.total()).isEqualTo(4);
    assertThat(lines(any).getFirst()).isEqualTo(2);
  }

  @Test
  void insideAnEpisodeThePhraseComesFirstThenAllWordsThenSome() throws IOException {
    SearchPage page = engine.search(inTalk("country of geniuses"));
    assertThat(lines(page).subList(0, 2)).containsExactly(4L, 3L);
    assertThat(lines(page).subList(2, 4)).containsExactlyInAnyOrder(5L, 6L);
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.meant()).isEqualTo(2);
    assertThat(page.exactTotal()).isEqualTo(2);
    assertThat(page.looserTotal()).isEqualTo(2);
    assertThat(matched(page).words()).containsExactly("country", "geniuses");
  }

  @Test
  void anEpisodeNamedInTheQueryIsOneThatWasChosen() throws IOException {
    SearchPage page = search("country of geniuses episode:talk");
    assertThat(lines(page)).isEqualTo(lines(engine.search(inTalk("country of geniuses"))));
    assertThat(page.meant()).isEqualTo(2);
  }

  @Test
  void whatIsSaidSoonAfterIsShownWithItsOwnSpeakerAndTime() throws IOException {
    Hit hit = search("orchard gardener").hits().getFirst();
    assertThat(hit.moment().moment().speaker()).isEqualTo("Ann");
    assertThat(hit.matches()).extracting(Hit.Match::text).containsExactly("orchard");
    Hit.Further further = hit.further().getFirst();
    assertThat(hit.further()).hasSize(1);
    assertThat(further.speaker()).isEqualTo("Cy");
    assertThat(further.atMs()).isBetween(7_000L, 9_000L);
    assertThat(further.snippet().text()).isEqualTo("My gardener does, on Sundays.");
    assertThat(further.snippet().highlights()).containsExactly(new Hit.Range(3, 11));
    assertThat(search("orchard").hits().getFirst().further()).isEmpty();
  }

  @Test
  void wordsOfGrammarNeverMatchByThemselves() throws IOException {
    assertThat(engine.matches("talk", SearchRequest.of("country of geniuses")))
        .extracting(match -> Objects.requireNonNull(match.atMs()) / 170_000)
        .containsOnly(3L, 4L);
    assertThat(search("the country of the geniuses").hits())
        .allSatisfy(hit -> assertThat(hit.matches()).noneMatch(match -> match.text().equals("of")));
  }

  @Test
  void inOrderOfTimeOnlyWhatHasAllIsListed() throws IOException {
    SearchPage page = engine.search(inTalk("country of geniuses").withSort(Sort.TIME));
    assertThat(lines(page)).containsExactly(3L, 4L);
    assertThat(page.total()).isEqualTo(page.meant()).isEqualTo(2);
    assertThat(page.looserTotal()).isEqualTo(2);
  }

  @Test
  void pagesOfAnEpisodeListEverythingOnceInOneOrder() throws IOException {
    SearchRequest request = inTalk("country geniuses").withLimit(1);
    List<Long> paged = new java.util.ArrayList<>();
    SearchPage page = engine.search(request);
    while (true) {
      paged.addAll(lines(page));
      if (page.next() == null) {
        break;
      }
      page = engine.search(request.withCursor(page.next()));
    }
    assertThat(paged).hasSize(4).doesNotHaveDuplicates();
    assertThat(paged).isEqualTo(lines(engine.search(inTalk("country geniuses"))));
  }

  @Test
  void whereNothingHasAllTheMostIsShownAndSaidToBe() throws IOException {
    SearchPage page = search("roof geniuses budget");
    assertThat(matched(page).rule()).isEqualTo(Matched.Rule.SOME);
    assertThat(lines(page)).containsExactly(2L);
  }
}

package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit.Why;
import dev.earmark.search.SearchRequest.Near;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that were misheard by a recogniser or mistyped by somebody are found nearly. */
class NearSearchTest {
  private static final String TALK =
      """
      WEBVTT
      Language: en

      00:00:00.000 --> 00:00:08.000
      <v Ann>Today we talk about clients, and we begin with Taku, which is written in Java.

      00:00:08.000 --> 00:00:16.000
      <v Ann>I take it that everybody has heard of it. Take your time and take a note.

      00:00:16.000 --> 00:00:24.000
      <v Ben>We deploy the site to Verscell, and the pages are built again on every push.

      00:00:24.000 --> 00:00:32.000
      <v Ben>Most of it is type script now. Some of it is still plain old script.

      00:00:32.000 --> 00:00:40.000
      <v Ann>And the cluster runs on Cooper Netties, or however one says that, with a database.

      00:00:40.000 --> 00:00:48.000
      <v Ben>The validators ran Teku once, a long time ago.

      00:00:48.000 --> 00:00:56.000
      <v Ann>Later Taku was what all of the validators in the room ran at home.

      00:00:56.000 --> 00:01:04.000
      <v Ben>We keep a country of geniuses in a data center, and that is the plan.
      """;

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("talk.vtt"), TALK);
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static SearchPage near(String query) throws IOException {
    return engine.search(SearchRequest.of(query).withNear(Near.TRUE));
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  @ParameterizedTest
  @CsvSource({
    "Vercel, 16000, Verscell",
    "Vercell, 16000, Verscell",
    "validaters, 40000, validators",
  })
  void aNameIsFoundAsItWasHeard(String name, long fromMs, String heard) throws IOException {
    SearchPage page = search(name);
    assertThat(page.exactTotal()).isZero();
    assertThat(page.nearTotal()).isEqualTo(page.total()).isPositive();
    Hit first = page.hits().getFirst();
    assertThat(first.why()).isEqualTo(Why.FUZZY);
    assertThat(first.matches().getFirst().text()).isEqualTo(heard);
    assertThat(first.atMs()).isBetween(fromMs, fromMs + 8_000);
    Hit.Range mark = first.snippet().highlights().getFirst();
    assertThat(first.snippet().text().substring(mark.from(), mark.to())).isEqualTo(heard);
  }

  @Test
  void whatIsNearIsOfferedWhereTheWordItselfIsSaid() throws IOException {
    SearchPage exact = search("Teku");
    assertThat(exact.hits()).extracting(Hit::why).containsExactly(Why.EXACT);
    assertThat(exact.total()).isEqualTo(1);
    assertThat(exact.exactTotal()).isEqualTo(1);
    assertThat(exact.nearTotal()).isEqualTo(2);
    SearchPage never = engine.search(SearchRequest.of("Vercel").withNear(Near.FALSE));
    assertThat(never.total()).isZero();
    assertThat(never.nearTotal()).isZero();
  }

  @Test
  void aWordSaidElsewhereDoesNotStopWhatIsNearHere() throws IOException {
    SearchPage ann = engine.search(SearchRequest.of("Teku").withFilter("speaker", "Ann"));
    assertThat(ann.exactTotal()).isZero();
    assertThat(ann.total()).isEqualTo(2);
    assertThat(ann.nearTotal()).isEqualTo(2);
    assertThat(ann.hits())
        .extracting(hit -> hit.matches().getFirst().text())
        .containsExactly("Taku", "Taku");
    assertThat(search("Teku speaker:ann").total()).isEqualTo(2);
    assertThat(search("Teku from:0:00:48").total()).isEqualTo(1);
    // A frequent word is never taken for another, wherever it is not said.
    assertThat(search("the speaker:nobody").total()).isZero();
  }

  @Test
  void inAQuestionAWordThatIsFrequentElsewhereIsNotTakenForMisheard() throws IOException {
    Path many = Files.createDirectories(folder.resolve("many"));
    StringBuilder others = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int i = 0; i < 4_500; i++) {
      others.append(
          String.format(
              "%n%02d:%02d:%02d.000 --> %02d:%02d:%02d.000%n<v Ann>%s%n",
              i / 240,
              i / 4 % 60,
              i % 4 * 15,
              i / 240,
              i / 4 % 60,
              i % 4 * 15 + 14,
              (i % 150 == 0 ? "Vercel rang " : "Somebody rang ") + i + " people in the morning."));
    }
    Files.writeString(many.resolve("others.vtt"), others);
    Files.writeString(
        many.resolve("one.vtt"),
        """
        WEBVTT
        Language: en

        00:00:00.000 --> 00:00:08.000
        <v Ben>We built it on Verscell and had hardly any money.

        00:01:00.000 --> 00:01:08.000
        <v Ben>The plan was good, and it was late.
        """);
    Path index = folder.resolve("many-index");
    Corpora.index(index, many);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      SearchPage alone = engine.search(SearchRequest.of("Vercel").withFilter("episode", "one"));
      assertThat(alone.hits()).extracting(Hit::why).containsExactly(Why.FUZZY);
      SearchPage question =
          engine.search(
              SearchRequest.of("what was the plan with Vercel").withFilter("episode", "one"));
      assertThat(question.hits()).extracting(Hit::atMs).containsExactly(61_000L);
      assertThat(question.nearTotal()).isZero();
    }
  }

  @Test
  void whatIsSaidComesBeforeWhatIsNearlySaid() throws IOException {
    SearchPage page = near("Teku");
    assertThat(page.hits())
        .extracting(hit -> hit.matches().getFirst().text())
        .containsExactly("Teku", "Taku", "Taku");
    assertThat(page.hits()).extracting(Hit::why).containsExactly(Why.EXACT, Why.FUZZY, Why.FUZZY);
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.exactTotal()).isEqualTo(1);
    assertThat(page.nearTotal()).isEqualTo(2);
    assertThat(near("Taku").hits().getLast().matches().getFirst().text()).isEqualTo("Teku");
  }

  @Test
  void aQuotedWordIsThatWordOnly() throws IOException {
    assertThat(search("\"Teku\"").total()).isEqualTo(1);
    assertThat(search("\"Vercel\"").total()).isZero();
  }

  @Test
  void aWordThatIsLeftOutIsLeftOutAsItIs() throws IOException {
    assertThat(search("validators -teku").hits())
        .extracting(hit -> hit.moment().moment().text())
        .containsExactly("Later Taku was what all of the validators in the room ran at home.");
  }

  @Test
  void twoWordsAreFoundAsOneThatWasSaid() throws IOException {
    SearchPage page = search("data base");
    assertThat(page.hits())
        .anySatisfy(hit -> {
          assertThat(hit.matches().getFirst().text()).isEqualTo("database");
          assertThat(hit.why()).isEqualTo(Why.EXACT);
        });
    assertThat(search("typescript").hits().getFirst().matches().getFirst().text())
        .isEqualTo("type script");
  }

  @Test
  void everyHitThatIsNearIsCountedAsNear() throws IOException {
    for (String query : List.of("Teku", "Vercel validators", "wrod~ scrip~", "teku OR vercel")) {
      SearchPage page = engine.search(SearchRequest.of(query).withNear(Near.TRUE).withLimit(100));
      assertThat(page.hits().stream().filter(hit -> hit.why() == Why.FUZZY).count())
          .as(query)
          .isEqualTo(page.nearTotal());
    }
  }

  @Test
  void theTimelineShowsTheSameMatches() throws IOException {
    assertThat(engine.matches("talk", SearchRequest.of("Teku").withNear(Near.TRUE)))
        .extracting(Hit.Match::text)
        .containsExactly("Taku", "Teku", "Taku");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Vercel | Verscell",
        "contry geniusses | country geniuses",
        "“contry of geniuses” | “country of geniuses”",
        "\"country of genius\" | \"country of geniuses\"",
        "+validaters -teku speaker:Ann | +validators -teku speaker:Ann",
        "DATBASE | Database",
        "validators | ``",
        "\"validators teku\" | ``",
        "qqqqqqq | ``",
        "xy | ``",
      })
  void meansWhatIsSaid(String query, String instead) throws IOException {
    assertThat(search(query).didYouMean()).isEqualTo(instead.isEmpty() ? null : instead);
  }
}

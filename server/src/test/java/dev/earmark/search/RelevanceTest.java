package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.Hit.Why;
import dev.earmark.search.SearchRequest.Match;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes first, for people. */
class RelevanceTest {
  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  /** A cue of twelve seconds each, by turns of two speakers. */
  private static void talk(String name, String header, String... cues) throws IOException {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int i = 0; i < cues.length; i++) {
      vtt.append(
          String.format(
              Locale.ROOT,
              "\n00:%02d:%02d.000 --> 00:%02d:%02d.000\n<v %s>%s\n",
              i * 14 / 60,
              i * 14 % 60,
              (i * 14 + 12) / 60,
              (i * 14 + 12) % 60,
              i % 2 == 0 ? "Mira Holt" : "Jon Abe",
              cues[i]));
    }
    Files.writeString(folder.resolve("corpus/" + name + ".vtt"), vtt);
    Files.writeString(folder.resolve("corpus/" + name + ".yaml"), header);
  }

  @BeforeAll
  static void index() throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    talk(
        "wallets",
        "title: Wallets that do more\n",
        "Welcome back. Today we look at what accounts may soon be able to do on their own.",
        "With EIP-7702 an ordinary account can run code for the length of one transaction.",
        "We tried that on DevNet2 and the batch of transfers went through on the first attempt.",
        "A wallet can pay the fee in some other token, and nobody has to hold ether for it.",
        "That was the account side. Recovery by friends is what most people asked us about.",
        "If three of your five friends sign, the key is changed and the old one is worthless.");
    talk(
        "garden",
        "title: A garden on the roof\n",
        "The rain barrel is empty again, so watering is by hand from the kitchen this week.",
        "Tomatoes want the warm wall, and the beans climb whatever stands next to them.",
        "We had frost in May, which is late, and lost the whole row of early beans to it.",
        "Compost goes on in autumn. The worms do the work and we only turn it over once.",
        "Somebody asked about frost cloth. It is cheap, and beans under it would have lived.",
        "A wall that faces south gives back at night what the sun put into it by day.");
    talk(
        "river",
        "title: Floods and how towns live with them\n",
        "The river rose four metres in a night and the gauges upstream had stopped sending.",
        "Barriers hold, but the water then goes to the next town, who have none to hold it.",
        "Insurance is the part nobody likes to talk about, since half the houses have none.",
        "What helped was the meadow: it floods first, and it floods where nobody lives.",
        "They flooded it on purpose, years before, to see how much water it would take.",
        "A flood of letters came after that, for and against, and the meadow stayed.");
    Files.writeString(
        folder.resolve("corpus/river.chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "The night of the gauges"},
          {"startTime": 28, "title": "Paying for damage"},
          {"startTime": 42, "title": "Meadows as storage"}
        ]}
        """);
    talk(
        "ads",
        "title: Machines that listen\n",
        "This episode is brought to you by Fernglas. Fernglas watches your microphones for noise.",
        "With Fernglas microphones sound the same in every room, and noise is gone for good.",
        "Go to their page and use the promo code LISTEN for a month of microphones without noise.",
        "So, noise. In a kitchen the fridge is what you hear, and it hides under the voice.",
        "We put two microphones on the table and took the noise of one from the other.",
        "Thank you for that. One more question from the audience about older recordings.");
    talk(
        "agencies",
        "title: Who counts\n",
        "The C.D.C. counts once a week, and N_A_T_O never did.",
        "Their table came out at 7 p.m. that day.");
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  private static SearchPage anyOf(String query) throws IOException {
    return engine.search(SearchRequest.of(query).withMatch(Match.ANY));
  }

  private static List<String> texts(SearchPage page) {
    return page.hits().stream().map(hit -> hit.moment().moment().text()).toList();
  }

  @Test
  void wordsCloseTogetherComeBeforeScatteredOnes() throws IOException {
    assertThat(texts(search("early beans frost")).getFirst()).startsWith("We had frost in May");
    assertThat(texts(search("pay the fee token")).getFirst()).startsWith("A wallet can pay");
    assertThat(texts(search("south wall")).getFirst()).startsWith("A wall that faces south");
  }

  @Test
  void theWordItselfComesBeforeItsFormsAndThoseBeforeWhatIsLikeIt() throws IOException {
    assertThat(search("floods").hits())
        .extracting(Hit::why)
        .containsSubsequence(Why.EXACT, Why.STEM)
        .startsWith(Why.EXACT)
        .endsWith(Why.STEM);
    SearchPage near = anyOf("barriors floods");
    assertThat(near.hits()).extracting(Hit::why).contains(Why.FUZZY);
    assertThat(near.hits().getFirst().why()).isNotEqualTo(Why.FUZZY);
    assertThat(search("floods~").hits().getFirst().why()).isEqualTo(Why.EXACT);
  }

  @Test
  void aTitleOrAChapterLiftsWhatIsUnderIt() throws IOException {
    // "storage" is only in the title of a chapter, "towns" and "live" in that of the episode.
    List<String> storage =
        texts(engine.search(SearchRequest.of("storage water").withFilter("kind", "segment")));
    assertThat(storage.getFirst()).startsWith("They flooded it on purpose");
    List<String> plain =
        texts(engine.search(SearchRequest.of("water").withFilter("kind", "segment")));
    assertThat(plain).hasSameSizeAs(storage);
  }

  @Test
  void whoIsCalledByPartOfTheNameInAQuestionComesFirst() throws IOException {
    // Both speak of frost and beans; a question for one of them wants that one's words.
    assertThat(speaker("what did holt say about frost")).isEqualTo("Mira Holt");
    assertThat(speaker("what did abe think of beans")).isEqualTo("Jon Abe");
    assertThat(speaker("why did Mira Holt disagree about the beans")).isEqualTo("Mira Holt");
    // No question, or not where somebody is said to say something: only words.
    assertThat(texts(search("holt frost"))).isEqualTo(texts(search("frost holt")));
    assertThat(texts(search("how is frost cloth put on by holt")).getFirst())
        .startsWith("Somebody asked about frost cloth");
  }

  private static String speaker(String question) throws IOException {
    return String.valueOf(search(question).hits().getFirst().moment().moment().speaker());
  }

  @Test
  void advertisementsSink() throws IOException {
    List<String> hits = texts(anyOf("microphones noise"));
    assertThat(hits).hasSize(5);
    assertThat(hits.subList(0, 2))
        .containsExactlyInAnyOrder(
            "We put two microphones on the table and took the noise of one from the other.",
            "So, noise. In a kitchen the fridge is what you hear, and it hides under the voice.");
    // Who asks for it by name still finds it.
    assertThat(search("fernglas").total()).isEqualTo(2);
  }

  @Test
  void lettersAndDigitsAreApart() throws IOException {
    for (String query : List.of("EIP-7702", "eip 7702", "EIP7702", "\"EIP 7702\"")) {
      assertThat(texts(search(query)).getFirst()).as(query).startsWith("With EIP-7702");
    }
    for (String query : List.of("DevNet2", "devnet 2", "devnet-2", "devnet")) {
      assertThat(texts(search(query)).getFirst()).as(query).startsWith("We tried that on DevNet2");
    }
  }

  @Test
  void whatIsSpelledIsOneWord() throws IOException {
    for (String query : List.of("cdc", "C.D.C.", "\"the CDC counts\"", "nato", "C_D_C")) {
      SearchPage page = search(query);
      assertThat(texts(page)).as(query).isNotEmpty();
      assertThat(texts(page).getFirst()).as(query).startsWith("The C.D.C. counts");
      assertThat(page.hits().getFirst().why()).as(query).isEqualTo(Why.EXACT);
    }
    assertThat(texts(search("\"7 pm\"")).getFirst()).startsWith("Their table");
  }

  @Test
  void wordsStillHaveToMatchBesideAFilter() throws IOException {
    SearchPage page = search("beans kind:segment");
    assertThat(texts(page)).hasSize(3).allMatch(text -> text.contains("beans"));
    assertThat(search("beans lang:en from:0").total()).isEqualTo(3);
    assertThat(search("beans (kind:segment OR kind:quote)").total()).isEqualTo(3);
    assertThat(search("+frost beans").total()).isEqualTo(search("frost").total());
    assertThat(search("kind:segment").total()).isGreaterThan(3);
  }

  @Test
  void aHyphenatedWordThatIsNeverSaidSoIsItsWords() throws IOException {
    assertThat(texts(search("rain-barrel")).getFirst()).startsWith("The rain barrel");
    assertThat(search("rain-barrels").total()).isPositive();
    assertThat(search("\"rain-barrels\"").total()).isZero();
  }

  @Test
  void whatIsNotLookedForIsSaidAndWhere() throws IOException {
    String words =
        IntStream.range(0, 20)
            .mapToObj(i -> "zqu" + (char) ('a' + i) + "vex")
            .collect(Collectors.joining(" "));
    SearchPage page = search(words);
    assertThat(page.notUnderstood()).hasSize(1);
    NotUnderstood part = page.notUnderstood().getFirst();
    assertThat(part.message()).startsWith("only the first 16 words that are hardly ever said");
    assertThat(words.substring(part.from(), part.to())).isEqualTo("zquqvex");
  }

  @Test
  void aFacetSaysHowManyValuesItHas() throws IOException {
    SearchPage page =
        engine.search(
            SearchRequest.of("")
                .withFacets(new SearchRequest.FacetLists(java.util.Map.of("episode", "r"), 1)));
    assertThat(page.facets().get("speaker")).hasSize(1);
    assertThat(page.facetSizes()).containsEntry("speaker", 2).containsEntry("episode", 1);
    assertThat(search("beans").facetSizes()).containsEntry("episode", 1).containsEntry("topic", 0);
  }

  @Test
  void aRightNameIsNotPutRight() throws IOException {
    // Never said, but it stands in a title.
    assertThat(search("wallets roof").didYouMean()).isNull();
    assertThat(search("Mira").didYouMean()).isNull();
    // Said often enough, if not in this phrase.
    assertThat(search("\"frost beans\"").didYouMean()).isNull();
  }

  @Test
  void theBestOfEveryStretchIsShownBeforeTheOthers() throws IOException {
    List<String> hits = search("nobody").hits().stream().map(hit -> hit.episode().id()).toList();
    assertThat(hits).containsExactlyInAnyOrder("wallets", "river", "river");
    assertThat(hits.subList(0, 2)).containsExactlyInAnyOrder("wallets", "river");
  }

  @Test
  void aSentenceThatARecogniserRepeatsSinks() throws IOException {
    Path talk = Files.createDirectories(folder.resolve("loop")).resolve("loop.vtt");
    String loop = "And I think that's a lot of birds on the wire, and it's got a lot";
    Files.writeString(
        talk,
        captions(
            List.of(
                "There is a heron on the wire behind the shed, or there was one.",
                "Most birds that sleep in the reeds never sit on a wire at all.",
                loop + " of birds on the wire, and it's got a lot of birds on the wire.",
                loop + " of birds on the wire, and it's got a lot of birds on the wire.",
                loop + " of birds on the wire, and it's got a lot of birds on the wire.",
                "So we count birds at dawn, and the wire is where we begin.",
                "The birds leave the wire when the first train comes through.",
                "A wire that hums keeps small birds away for a week or so.",
                "In winter the birds share one wire and do not quarrel.")));
    aLoopSinks(talk, "birds on the wire", "on the wire, and it's got a");
  }

  @Test
  void aSentenceThatARecogniserRepeatsSinksInARealTalk() throws IOException {
    Path talks = Corpora.SHARED.resolve("corpora/talkpython");
    Path talk = talks.resolve("217-notebooks-vs-data-science-enabled-scripts.vtt");
    assumeReal(talk, "that a loop of a recogniser sinks in a real talk");
    aLoopSinks(talk, "people in the paper", "in the paper, and it's got a");
  }

  private static void aLoopSinks(Path talk, String query, String loop) throws IOException {
    Path index = folder.resolve("index-of-" + talk.getFileName());
    Corpora.index(index, talk);
    try (LuceneSearchEngine loops = LuceneSearchEngine.open(index)) {
      List<String> hits =
          texts(loops.search(SearchRequest.of(query).withMatch(Match.ANY).withLimit(5)));
      assertThat(hits).hasSize(5).noneMatch(text -> text.contains(loop));
      // It is not gone: who asks for its words finds it.
      assertThat(loops.search(SearchRequest.of('"' + loop + '"')).total()).isPositive();
    }
  }

  @Test
  void advertisementsOfARealShowSink() throws IOException {
    Path talk = Corpora.SHARED.resolve("corpora/talkpython/321-htmx.vtt");
    assumeReal(talk, "that advertisements sink in a real talk");
    Path index = folder.resolve("show");
    Corpora.index(index, talk);
    try (LuceneSearchEngine show = LuceneSearchEngine.open(index)) {
      assertThat(texts(show.search(SearchRequest.of("python talk show"))).getFirst())
          .doesNotContain("brought to you by");
    }
  }

  private static void assumeReal(Path talk, String what) {
    Assumptions.assumeTrue(
        Files.exists(talk),
        () -> what + " (" + talk + " is not there; a talk of our own was searched)");
  }

  /** Captions of fifteen seconds each, spoken by nobody who is named. */
  private static String captions(List<String> cues) {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int i = 0; i < cues.size(); i++) {
      vtt.append(
          String.format(
              Locale.ROOT,
              "\n00:%02d:%02d.000 --> 00:%02d:%02d.000\n%s\n",
              i * 15 / 60,
              i * 15 % 60,
              (i * 15 + 15) / 60,
              (i * 15 + 15) % 60,
              cues.get(i)));
    }
    return vtt.toString();
  }
}

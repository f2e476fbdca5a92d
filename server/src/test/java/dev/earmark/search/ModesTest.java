package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest.Mode;
import dev.earmark.search.SearchRequest.Sort;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found by words, by meaning and by both, and how that is counted, ordered and paged. */
class ModesTest {
  private static final String[] CONCEPTS = {
    "car automobile vehicle", "chips processors compute", "buy purchase get"
  };

  private static final ConceptEmbedder MODEL = new ConceptEmbedder(CONCEPTS);

  /** Few are looked at closely, so that pages go beyond. */
  private static final RankingParameters FEW =
      RankingParameters.DEFAULT
          .with("reranked", 12)
          .with("meaningNearest", 9)
          .with("meaningNearestOfOne", 9)
          .with("meaningLeast", 0.2);

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static LuceneSearchEngine few;

  @BeforeAll
  static void index() throws IOException {
    long seed = System.nanoTime();
    System.out.println("ModesTest: seed " + seed);
    Random random = new Random(seed);
    RandomSpeech speech = new RandomSpeech(random);
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < 12; i++) {
      Files.writeString(corpus.resolve("random" + i + ".vtt"), speech.transcript());
      Files.writeString(
          corpus.resolve("random" + i + ".yaml"),
          "date: 2026-01-%02d\nshow: Show %d\n".formatted(1 + random.nextInt(28), i % 3));
    }
    Files.writeString(
        corpus.resolve("talk.vtt"),
        """
        WEBVTT
        Language: en

        00:00:00.000 --> 00:00:15.000
        <v Ada Quist>They want to purchase processors but nobody sells them.

        00:03:00.000 --> 00:03:15.000
        <v Ben Ode>The automobile stood in the rain all night.

        00:06:00.000 --> 00:06:15.000
        <v Ada Quist>My car is red and it likes the harbour.

        00:09:00.000 --> 00:09:15.000
        <v Ben Ode>We went on to talk about gardens and about beans.
        """);
    Files.writeString(corpus.resolve("talk.yaml"), "title: Talk\nshow: Talks\ndate: 2026-02-01\n");
    Files.writeString(
        corpus.resolve("other.vtt"),
        """
        WEBVTT
        Language: en

        00:00:00.000 --> 00:00:15.000
        <v Cy Dahl>A vehicle without a driver came along the street.

        00:03:00.000 --> 00:03:15.000
        <v Cy Dahl>Then we had soup.
        """);
    Files.writeString(corpus.resolve("other.yaml"), "title: Other\nshow: Streets\n");
    Files.writeString(
        corpus.resolve("deutsch.vtt"),
        "WEBVTT\nLanguage: de\n\n00:00:00.000 --> 00:00:15.000\nDas Auto stand im Regen.\n");
    Corpora.index(folder.resolve("words"), corpus);
    Meanings.copy(folder.resolve("words"), folder.resolve("index"), MODEL, moment -> true);
    engine =
        LuceneSearchEngine.open(folder.resolve("index"), RankingParameters.DEFAULT, () -> MODEL);
    few = LuceneSearchEngine.open(folder.resolve("index"), FEW, () -> MODEL);
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
    few.close();
  }

  private static SearchRequest ask(String query, Mode mode) {
    return SearchRequest.of(query).withMode(mode);
  }

  private static List<String> texts(SearchPage page) {
    return page.hits().stream().map(hit -> hit.moment().moment().text()).toList();
  }

  /** The same model, which has learnt that every question is answered by some words. */
  private record Answering(String answer) implements TextEmbedder {
    @Override
    public String model() {
      return MODEL.model();
    }

    @Override
    public int dimension() {
      return MODEL.dimension();
    }

    @Override
    public boolean reads(String language) {
      return MODEL.reads(language);
    }

    @Override
    public float[] passage(String text) {
      return MODEL.passage(text);
    }

    @Override
    public float[] query(String text) {
      return MODEL.query(text);
    }

    @Override
    public float[] question(String text) {
      return MODEL.query(answer);
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @Test
  void insideOneEpisodeWhatTheModelHasLearntOfAnswersOrders() throws IOException {
    SearchRequest here = ask("vehicle compute", Mode.MEANING).withFilter(Schema.EPISODE, "talk");
    List<String> first = new ArrayList<>();
    for (String answer : List.of("purchase processors", "red harbour", "rain night")) {
      TextEmbedder model = new Answering(answer);
      try (LuceneSearchEngine answering =
          LuceneSearchEngine.open(
              folder.resolve("index"), RankingParameters.DEFAULT, () -> model)) {
        SearchPage page = answering.search(here);
        // It lists what is listed without, as near as it is without.
        assertThat(nearness(page)).isEqualTo(nearness(engine.search(here)));
        first.add(texts(page).getFirst());
        SearchRequest anywhere = ask("vehicle compute", Mode.MEANING);
        assertThat(texts(answering.search(anywhere))).isEqualTo(texts(engine.search(anywhere)));
      }
    }
    assertThat(first.get(0)).startsWith("They want to purchase processors");
    assertThat(first.get(1)).startsWith("My car is red");
    assertThat(first.get(2)).startsWith("The automobile stood in the rain");
  }

  private static Map<String, Double> nearness(SearchPage page) {
    return page.hits().stream()
        .collect(
            Collectors.toMap(
                hit -> hit.moment().id(), hit -> Objects.requireNonNull(hit.nearness())));
  }

  @Test
  void meaningAddsWhatNoWordMatchesAndSaysSo() throws IOException {
    SearchPage words = engine.search(ask("car", Mode.WORDS));
    assertThat(words.total()).isEqualTo(1);
    assertThat(words.meaning()).isNull();
    SearchPage both = engine.search(ask("car", Mode.BOTH));
    assertThat(both.total()).isEqualTo(1);
    assertThat(both.meaningTotal()).isEqualTo(2);
    assertThat(both.facets()).isEqualTo(words.facets());
    assertThat(texts(both).getFirst()).startsWith("My car");
    assertThat(both.hits().subList(1, 3))
        .allMatch(hit -> hit.why() == Hit.Why.MEANING && hit.matches().isEmpty())
        .allMatch(hit -> hit.snippet().highlights().isEmpty())
        .allMatch(hit -> hit.nearness() != null && hit.atMs() != null);
    SearchPage meaning = engine.search(ask("car", Mode.MEANING));
    assertThat(meaning.total()).isZero();
    assertThat(meaning.meaningTotal()).isEqualTo(3);
    assertThat(meaning.facets().get("show"))
        .extracting(SearchPage.FacetValue::value, SearchPage.FacetValue::count)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("Talks", 2),
            org.assertj.core.groups.Tuple.tuple("Streets", 1));
  }

  @Test
  void bothIsTheDefaultWhereMeaningsAreKnown() throws IOException {
    assertThat(engine.search(ask("car", Mode.AUTO)).meaningTotal()).isEqualTo(2);
    try (LuceneSearchEngine without = LuceneSearchEngine.open(folder.resolve("words"))) {
      SearchPage page = without.search(ask("car", Mode.AUTO));
      assertThat(page.total()).isEqualTo(1);
      assertThat(page.meaning()).isNull();
    }
  }

  @Test
  void aModelWhoseVectorsAllLeanOneWayFindsTheSame() throws IOException {
    ConceptEmbedder leaning = ConceptEmbedder.leaning(CONCEPTS);
    Path index = folder.resolve("leaning");
    Meanings.copy(folder.resolve("words"), index, leaning, moment -> true);
    try (LuceneSearchEngine other =
        LuceneSearchEngine.open(index, RankingParameters.DEFAULT, () -> leaning)) {
      for (String query : List.of("car", "buy chips", "automobile in the rain")) {
        for (Mode mode : List.of(Mode.BOTH, Mode.MEANING)) {
          SearchPage expected = engine.search(ask(query, mode));
          SearchPage page = other.search(ask(query, mode));
          assertThat(page.meaningTotal()).as(query).isEqualTo(expected.meaningTotal());
          assertThat(texts(page)).as(query).isEqualTo(texts(expected));
          for (int i = 0; i < page.hits().size(); i++) {
            Double nearness = expected.hits().get(i).nearness();
            if (nearness != null) {
              assertThat(page.hits().get(i).nearness()).isCloseTo(nearness, within(0.03));
            }
          }
        }
      }
    }
  }

  @Test
  void phrasesFieldsAndExclusionsStayStrict() throws IOException {
    assertThat(texts(engine.search(ask("car -rain", Mode.BOTH))))
        .hasSize(2)
        .noneMatch(text -> text.contains("rain"));
    assertThat(texts(engine.search(ask("car speaker:\"Cy Dahl\"", Mode.BOTH))))
        .singleElement()
        .asString()
        .contains("vehicle");
    assertThat(texts(engine.search(ask("car \"in the rain\"", Mode.BOTH))))
        .allMatch(text -> text.contains("in the rain"));
    assertThat(texts(engine.search(ask("\"red car\"", Mode.BOTH)))).isEmpty();
    assertThat(texts(engine.search(ask("car", Mode.MEANING).withFilter("speaker", "Ben Ode"))))
        .singleElement()
        .asString()
        .contains("automobile");
  }

  @Test
  void aFilterLeavesTheOtherValuesOfItsFacetToChooseFrom() throws IOException {
    SearchPage page = engine.search(ask("car", Mode.MEANING).withFilter("show", "Talks"));
    assertThat(page.meaningTotal()).isEqualTo(2);
    assertThat(page.facets().get("show"))
        .extracting(SearchPage.FacetValue::value)
        .containsExactlyInAnyOrder("Talks", "Streets");
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    try (LuceneSearchEngine without = LuceneSearchEngine.open(folder.resolve("words"))) {
      SearchPage both = without.search(ask("car", Mode.BOTH));
      assertThat(both.total()).isEqualTo(1);
      assertThat(lacking(both)).contains("this index has no meanings yet, only words are searched");
      SearchPage meaning = without.search(ask("car", Mode.MEANING));
      assertThat(meaning.listed()).isZero();
      assertThat(lacking(meaning)).contains("no meanings yet");
    }
    try (LuceneSearchEngine noModel = LuceneSearchEngine.open(folder.resolve("index"))) {
      assertThat(lacking(noModel.search(ask("car", Mode.BOTH))))
          .contains("there is no model to read the query with");
      assertThat(noModel.search(ask("car", Mode.AUTO)).meaning()).isNull();
    }
    // The German moment has no vector.
    assertThat(lacking(engine.search(ask("car", Mode.BOTH))))
        .containsPattern(
            "\\d+ of \\d+ moments can be found by meaning; the others are in languages that the"
                + " model does not read");
    assertThat(lacking(engine.search(ask("автомобиль", Mode.BOTH))))
        .contains("concepts does not read the language of the query");
    assertThat(lacking(engine.search(ask("das ist nicht die Antwort auf den Regen", Mode.BOTH))))
        .contains("does not read the language of the query");
    assertThat(lacking(engine.search(ask("🚗🚗", Mode.BOTH))))
        .contains("the query has no words whose meaning could be compared");
    assertThat(lacking(engine.search(ask("car", Mode.BOTH).withFilter("lang", "de"))))
        .contains("the model concepts does not read de");
  }

  private static String lacking(SearchPage page) {
    SearchPage.Meaning meaning = Objects.requireNonNull(page.meaning());
    return String.join("; ", meaning.lacking());
  }

  @Test
  void anIndexOfOneEpisodeIsSearchedAsThatEpisodeIs() throws IOException {
    Corpora.index(folder.resolve("one"), folder.resolve("corpus/talk.vtt"));
    Meanings.copy(folder.resolve("one"), folder.resolve("oneIndex"), MODEL, moment -> true);
    SearchRequest request = ask("My car", Mode.BOTH);
    SearchPage inEpisode = engine.search(request.withFilter("episode", "talk"));
    try (LuceneSearchEngine one =
        LuceneSearchEngine.open(
            folder.resolve("oneIndex"), RankingParameters.DEFAULT, () -> MODEL)) {
      SearchPage alone = one.search(request);
      assertThat(alone.meaningTotal()).isEqualTo(inEpisode.meaningTotal());
      assertThat(texts(alone)).isEqualTo(texts(inEpisode));
    }
  }

  @Test
  void aQueryOfTenThousandWordsIsAnswered() throws IOException {
    SearchPage page = engine.search(ask("car harbour ".repeat(5_000), Mode.BOTH));
    assertThat(page.listed()).isPositive();
    assertThat(page.meaning()).isNotNull();
  }

  @Test
  void aModeThereIsNotIsNamed() {
    assertThatThrownBy(() -> Mode.of("vectors"))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("mode must be words, meaning, both or auto, got \"vectors\"");
  }

  /** Everything that can be asked, in pages of any size: nothing twice, nothing lost. */
  @Test
  void pagesListEachMomentOnceInOneOrder() throws IOException {
    Random random = new Random(7);
    List<String> queries =
        List.of(
            "model",
            "training data",
            "running apple",
            "yes no \"of the\"",
            "banana -model",
            "car",
            "+run data",
            "apple OR banana",
            "models speaker:\"Ada Ay\"");
    for (String query : queries) {
      for (Mode mode : List.of(Mode.BOTH, Mode.MEANING)) {
        for (Sort sort : Sort.values()) {
          for (boolean filtered : List.of(false, true)) {
            SearchRequest request = ask(query, mode).withSort(sort);
            if (filtered) {
              request = request.withFilter("show", "Show 1");
            }
            pages(request, 1 + random.nextInt(9));
          }
        }
      }
    }
  }

  private static void pages(SearchRequest request, int limit) throws IOException {
    SearchPage words = few.search(request.withMode(Mode.WORDS).withLimit(1_000));
    Set<String> inWords = new HashSet<>(words.momentIds());
    SearchPage all = few.search(request.withLimit(1_000));
    String what = request.identity() + " by " + limit;
    assertThat(all.hits()).as(what).hasSize((int) all.listed());
    List<String> ids = new ArrayList<>();
    SearchPage page = few.search(request.withLimit(limit));
    while (true) {
      ids.addAll(page.momentIds());
      assertThat(page.listed()).as(what).isEqualTo(all.listed());
      assertThat(page.facets()).as(what).isEqualTo(all.facets());
      for (Hit hit : page.hits()) {
        assertThat(hit.why() == Hit.Why.MEANING)
            .as(what + ": " + hit)
            .isEqualTo(request.mode() == Mode.MEANING || !inWords.contains(hit.moment().id()));
      }
      if (page.next() == null) {
        break;
      }
      page = few.search(request.withLimit(limit).withCursor(page.next()));
    }
    assertThat(ids).as(what).doesNotHaveDuplicates().isEqualTo(all.momentIds());
    if (request.mode() == Mode.BOTH) {
      assertThat(all.total()).as(what).isEqualTo(words.total());
      assertThat(all.facets()).as(what).isEqualTo(words.facets());
      assertThat(all.exactTotal()).as(what).isEqualTo(words.exactTotal());
      assertThat(ids).as(what).containsAll(inWords);
    }
    explained(request, all);
    grouped(request, all);
  }

  private static void explained(SearchRequest request, SearchPage page) throws IOException {
    if (request.sort() != Sort.RELEVANCE) {
      return;
    }
    // The best, those around the end of what is looked at closely, and some of the rest.
    List<Hit> some = new ArrayList<>(page.hits());
    some = some.subList(0, Math.min(some.size(), 14));
    Map<String, Explanation> explanations =
        few.explain(request, some.stream().map(hit -> hit.moment().id()).toList());
    for (Hit hit : some) {
      Explanation explanation =
          Objects.requireNonNull(
              explanations.get(hit.moment().id()), request.identity() + ": " + hit);
      assertThat(explanation.value())
          .as(request.identity() + ": " + explanation.toText())
          .isCloseTo(hit.score(), within(1e-3 * Math.max(1, hit.score())));
    }
  }

  private static void grouped(SearchRequest request, SearchPage all) throws IOException {
    SearchRequest grouped = request.groupedByEpisode().withLimit(3);
    SearchPage page = few.search(grouped);
    Set<String> episodes = new LinkedHashSet<>();
    long inWords = 0;
    long near = 0;
    while (true) {
      for (SearchPage.Group group : page.groups()) {
        assertThat(episodes.add(group.episode().id())).isTrue();
        inWords += group.total();
        near += group.meaningTotal();
        assertThat(group.hits()).isNotEmpty().doesNotHaveDuplicates();
      }
      if (page.next() == null) {
        break;
      }
      page = few.search(grouped.withCursor(page.next()));
    }
    assertThat(episodes)
        .isEqualTo(all.hits().stream().map(hit -> hit.episode().id()).collect(Collectors.toSet()));
    assertThat(inWords).isEqualTo(all.total());
    assertThat(near).isEqualTo(all.meaningTotal());
  }

  @Test
  void otherMomentsAreAlikeAndSaidByOthers() throws IOException {
    String car = engine.search(ask("red car", Mode.WORDS)).hits().getFirst().moment().id();
    SearchRequest scope = SearchRequest.of("");
    Similar moments = engine.similar(car, Similar.By.MOMENT, scope).orElseThrow();
    assertThat(moments.hits())
        .extracting(hit -> hit.moment().moment().text().substring(0, 9))
        .containsExactlyInAnyOrder("The autom", "A vehicle");
    assertThat(moments.hits()).allMatch(hit -> hit.why() == Hit.Why.MEANING);
    Similar people = engine.similar(car, Similar.By.SPEAKER, scope).orElseThrow();
    assertThat(people.groups())
        .extracting(Similar.Group::name)
        .containsExactlyInAnyOrder("Ben Ode", "Cy Dahl");
    Similar shows = engine.similar(car, Similar.By.SHOW, scope).orElseThrow();
    assertThat(shows.groups()).extracting(Similar.Group::name).containsExactly("Streets");
    assertThat(
            engine
                .similar(car, Similar.By.MOMENT, scope.withFilter("speaker", "Cy Dahl"))
                .orElseThrow()
                .hits())
        .hasSize(1);
    assertThat(engine.similar("talk:nowhere:0", Similar.By.MOMENT, scope)).isEmpty();
    String german = engine.search(ask("Regen", Mode.WORDS)).hits().getFirst().moment().id();
    Similar none = engine.similar(german, Similar.By.MOMENT, scope).orElseThrow();
    assertThat(none.hits()).isEmpty();
    assertThat(none.meaning().lacking())
        .contains("the meaning of this moment is not known, so nothing is compared with it");
  }

  @Test
  void aQuestionIsAnsweredByWhatWasSaidOrNotAtAll() throws IOException {
    Quotations found = engine.quotations(SearchRequest.of("why can't they just buy more chips?"));
    assertThat(found.passages().getFirst().moment().moment().text())
        .isEqualTo("They want to purchase processors but nobody sells them.");
    assertThat(found.passages()).hasSizeBetween(1, 5);
    assertThat(found.refusal()).isEmpty();
    Quotations none = engine.quotations(SearchRequest.of("who invented the telescope in Holland?"));
    assertThat(none.passages()).isEmpty();
    assertThat(none.refusal()).isEqualTo("nothing here answers that");
    try (LuceneSearchEngine without = LuceneSearchEngine.open(folder.resolve("words"))) {
      assertThat(without.quotations(SearchRequest.of("why a car?")).refusal())
          .contains("this index has no meanings yet");
    }
  }

  @Test
  void aPageThatReadsAllReadsWhatIsNearAsWell() throws IOException {
    PageReader reader = new PageReader(few, ask("training data", Mode.BOTH).withLimit(5));
    int read = 0;
    long listed = 0;
    while (reader.hasNext()) {
      SearchPage page = reader.next();
      listed = page.listed();
      read += page.hits().size();
    }
    assertThat(read).isPositive().isEqualTo((int) listed);
  }
}

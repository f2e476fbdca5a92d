package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.StoredMoment;
import dev.earmark.search.SearchRequest.Sort;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds in the five seeds. */
class SeedsSearchTest {
  private static final String DIGEST = "002_0db1f2cac21dbbd5.txt";

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    assertThat(Corpora.index(folder, Corpora.SEEDS).added()).isEqualTo(1);
    engine = LuceneSearchEngine.open(folder);
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  @Test
  void aPhraseIsFoundInEveryFormTheEpisodeIsWrittenAbout() throws IOException {
    SearchPage page = search("\"country of geniuses\"");
    assertThat(page.facets().get("format"))
        .extracting(SearchPage.FacetValue::value)
        .contains(
            "video-digest", "chapter-summaries", "reading-notes", "article", "annotated-note");
    assertThat(page.hits()).allSatisfy(hit -> assertThat(hit.matches()).isNotEmpty());
    Hit first = page.hits().getFirst();
    assertThat(first.moment().source()).isEqualTo(DIGEST);
    assertThat(first.atMs()).isNotNull();
  }

  @Test
  void aQuoteComesBeforeTheParagraphThatRetellsItAndJumpsToItsSecond() throws IOException {
    Hit first = search("\"zero time for bullshit\"").hits().getFirst();
    assertThat(first.moment().moment().kind().id()).isEqualTo("quote");
    assertThat(first.atMs()).isEqualTo(1_285_000);
    assertThat(first.moment().moment().speaker()).isEqualTo("Dario Amodei");
  }

  @Test
  void oneSpeakersQuotesAreHisOnly() throws IOException {
    SearchPage page =
        engine.search(
            SearchRequest.of("")
                .withFilter("speaker", "Dario Amodei")
                .withFilter("kind", "quote")
                .withSort(Sort.TIME));
    assertThat(page.total()).isEqualTo(8);
    assertThat(page.hits()).extracting(hit -> hit.moment().source()).containsOnly(DIGEST);
    assertThat(page.hits())
        .extracting(Hit::atMs)
        .containsExactly(
            178_000L,
            835_000L,
            1_285_000L,
            3_110_000L,
            3_164_000L,
            3_710_000L,
            7_610_000L,
            8_295_000L);
    assertThat(page.facets().get("speaker"))
        .contains(
            new SearchPage.FacetValue("Dario Amodei", 8, true),
            new SearchPage.FacetValue("Dwarkesh Patel", 1, false));
  }

  @Test
  void twelvePredictionsInTheOrderOfTheRecording() throws IOException {
    SearchPage page =
        engine.search(SearchRequest.of("").withFilter("kind", "prediction").withSort(Sort.TIME));
    assertThat(page.total()).isEqualTo(12);
    assertThat(page.hits()).extracting(Hit::atMs).isSorted().doesNotContainNull();
    assertThat(page.hits())
        .allSatisfy(hit -> assertThat(hit.moment().moment().details()).containsKey("horizon"));
  }

  @Test
  void everyItemOfTheDigestIsAMoment() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("").withFilter("source", DIGEST));
    assertThat(page.total()).isEqualTo(124);
    assertThat(page.facets().get("kind"))
        .extracting(value -> value.value() + " " + value.count())
        .containsExactlyInAnyOrder(
            "segment 25",
            "price 19",
            "fact 2",
            "bottleneck 5",
            "prediction 12",
            "technology 9",
            "mention 10",
            "quote 9",
            "term 20",
            "takeaway 13");
  }

  @Test
  void aFormOfAWordIsFoundAndTheExactFormComesFirst() throws IOException {
    SearchPage page = search("genius");
    assertThat(page.hits()).anySatisfy(hit -> assertThat(hit.why()).isEqualTo(Hit.Why.STEM));
    SearchPage exact = search("models kind:segment");
    assertThat(exact.hits().getFirst().why()).isEqualTo(Hit.Why.EXACT);
  }

  @Test
  void quotesDashesCaseAndAccentsDoNotMatter() throws IOException {
    long total = search("\"don't believe the economy\"").total();
    assertThat(total).isPositive();
    assertThat(search("“DON’T believe — the economy”").total()).isEqualTo(total);
    assertThat(search("\"dont bélieve the economy\"").total()).isEqualTo(total);
    assertThat(search("\"in-context learning\"").total())
        .isEqualTo(search("\"in context learning\"").total())
        .isPositive();
  }

  @Test
  void smallWordsCountInAPhrase() throws IOException {
    assertThat(search("\"we will have a country of geniuses\"").total()).isEqualTo(1);
    assertThat(search("\"we will have the country of geniuses\"").total()).isZero();
    assertThat(search("\"on the job\"").total()).isPositive();
    assertThat(search("\"on a job\"").total()).isZero();
  }

  @Test
  void aTopicIsGivenToMomentsThatSpeakOfIt() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("").withFilter("topic", "Export Controls"));
    assertThat(page.hits()).isNotEmpty();
    assertThat(page.hits())
        .allSatisfy(hit ->
            assertThat(hit.moment().moment().text().toLowerCase())
                .contains("export")
                .contains("control"));
  }

  @Test
  void aSpeakersFirstNameIsEnoughInTheQuery() throws IOException {
    assertThat(search("speaker:dario kind:quote").total()).isEqualTo(8);
    assertThat(search("speaker:\"Dario Amodei\" kind:quote").total()).isEqualTo(8);
    assertThat(search("kind:quote -speaker:dario speaker:dwarkesh").total()).isEqualTo(1);
  }

  @Test
  void timesOfTheRecordingAreARange() throws IOException {
    SearchPage page = search("kind:prediction from:1:00:00 to:1:45:00");
    assertThat(page.hits()).extracting(Hit::atMs).containsExactlyInAnyOrder(4_521_000L, 6_240_000L);
  }

  @Test
  void pagingListsEveryHitOnce() throws IOException {
    SearchRequest request = SearchRequest.of("exponential").withLimit(3);
    SearchPage page = engine.search(request);
    List<String> listed = new java.util.ArrayList<>();
    while (true) {
      page.hits().forEach(hit -> listed.add(hit.moment().id()));
      if (page.next() == null) {
        break;
      }
      page = engine.search(request.withCursor(page.next()));
    }
    assertThat(listed).doesNotHaveDuplicates().hasSize((int) page.total());
  }

  @Test
  void groupedByEpisodeTheTotalsAreTheSame() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("exponential").groupedByEpisode());
    assertThat(page.groups()).hasSize(1);
    assertThat(page.groups().getFirst().total()).isEqualTo((int) page.total());
    assertThat(page.total()).isEqualTo(search("exponential").total());
  }

  @Test
  void trendsCountWhatIsSaidUnlessAnotherKindIsAskedFor() throws IOException {
    for (String kind : List.of("segment", "note")) {
      long said = 0;
      for (StoredMoment stored : engine.moments("dario-amodei-2026")) {
        Words words = Words.of(stored.moment().text());
        for (int i = 0; i < words.count() && stored.moment().kind().id().equals(kind); i++) {
          said += words.folded(i).equals("compute") ? 1 : 0;
        }
      }
      assertThat(said).isPositive();
      Trend trend =
          engine.trend("compute", Trend.By.MONTH, SearchRequest.of("").withFilter("kind", kind));
      assertThat(trend.count()).as(kind).isEqualTo(said);
      if (kind.equals("segment")) {
        assertThat(engine.trend("compute", Trend.By.MONTH).count()).isEqualTo(said);
      }
    }
  }
}

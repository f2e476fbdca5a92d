package dev.earmark.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.Seeds;
import dev.earmark.search.ContractCorpus;
import dev.earmark.search.Corpora;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations are worth what they explain. */
class ExplainTest {
  @TempDir static Path folder;
  private static SearchEngine engine;
  private static final List<String> WORDS = new ArrayList<>();

  @BeforeAll
  static void index() throws IOException {
    Corpora.index(
        folder.resolve("index"), Corpora.SEEDS, ContractCorpus.write(folder.resolve("corpus")));
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    for (Hit hit : engine.search(SearchRequest.of("").withLimit(100)).hits()) {
      WORDS.addAll(List.of(Words.of(hit.moment().moment().text()).folded()));
    }
    WORDS.addAll(List.of("gift", "frost", "beans", "wall", "harbour", "boat", "amodei", "scaling"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static String part(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> '"' + word(random) + ' ' + word(random) + '"';
      case 1 -> '+' + word(random);
      case 2 -> '-' + word(random);
      case 3 -> word(random) + '~';
      case 4 -> word(random) + " OR " + word(random);
      case 5 -> word(random).substring(0, 1) + '*';
      default -> word(random);
    };
  }

  @Test
  void theTreeIsTheScore() {
    Seeds.each(
        150,
        random -> {
          StringBuilder query = new StringBuilder(part(random));
          for (int more = random.nextInt(4); more > 0; more--) {
            query.append(' ').append(part(random));
          }
          SearchRequest request = SearchRequest.of(query.toString()).withLimit(20);
          if (random.nextInt(3) == 0) {
            request = request.withFilter("episode", "garden");
          }
          check(request, query.toString());
        });
  }

  private static void check(SearchRequest request, String query) throws IOException {
    SearchPage page = engine.search(request);
    Map<String, Explanation> explained = engine.explain(request, page.momentIds());
    for (Hit hit : page.hits()) {
      String id = hit.moment().id();
      Explanation explanation = explained.get(id);
      assertThat(explanation).as(id + " for " + query).isNotNull();
      assertThat(explanation.value())
          .as(() -> id + " for " + query + "\n" + explanation.toText())
          .isCloseTo(hit.score(), within(1e-3 * (1 + Math.abs(hit.score()))));
    }
  }

  @Test
  void aPageFarDownAndGroupsAreExplainedAsWell() throws IOException {
    SearchRequest first = SearchRequest.of("the").withLimit(50);
    SearchPage page = engine.search(first);
    for (int i = 0; i < 12 && page.next() != null; i++) {
      SearchRequest next = first.withCursor(page.next());
      check(next, "page " + i);
      page = engine.search(next);
    }
    check(SearchRequest.of("wall beans"), "two words");
  }

  @Test
  void whatIsNoHitHasNoExplanation() throws IOException {
    SearchRequest request = SearchRequest.of("beans");
    assertThat(engine.explain(request, "garden:garden.vtt:9999")).isEmpty();
    assertThat(engine.explain(request, "no such moment")).isEmpty();
    assertThat(engine.explain(SearchRequest.of("harbour"), "garden:garden.vtt:4")).isEmpty();
  }

  @Test
  void itSaysInWordsWhatItIsMadeOf() throws IOException {
    SearchRequest request = SearchRequest.of("beans");
    String id = engine.search(request).momentIds().getFirst();
    assertThat(engine.explain(request, id).orElseThrow().toText())
        .contains("beans")
        .contains("occurrences in the moment")
        .contains("its place in the recording is exact");
  }
}

package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found while somebody types, over the seeds. */
class TypingTest {
  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Corpora.index(folder.resolve("index"), Corpora.SEEDS);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  /** What a query may be guessed to be in, of those with words of grammar. */
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "pt", "it", "nl", "ru", "sv", "da", "no", "fi", "hu");

  private static SearchPage typed(String text) throws IOException {
    return engine.search(SearchRequest.of(text).withLimit(SearchRequest.MOST_AT_ONCE).typed());
  }

  private static Set<String> ids(SearchPage page) {
    return new TreeSet<>(page.momentIds());
  }

  @Test
  void aWordThatIsBegunFindsTheWordsThatBeginSo() throws IOException {
    SearchPage page = typed("country of gen");
    assertThat(page.hits().getFirst().snippet().text().toLowerCase(Locale.ROOT))
        .contains("country of geniuses");
    assertThat(page.total()).isEqualTo(engine.search(SearchRequest.of("country geniuses")).total());
    assertThat(page.matched()).isNotNull();
    assertThat(page.matched().sentence()).isEqualTo("all of: country, gen…");
    assertThat(page.didYouMean()).isNull();
  }

  @Test
  void aWordOfGrammarAndALetterStandForNoOthers() throws IOException {
    long country = engine.search(SearchRequest.of("country")).total();
    assertThat(typed("country of").total()).isEqualTo(country);
    assertThat(typed("country o").total()).isEqualTo(country);
  }

  @Test
  void whatNothingBeginsWithIsTakenForMisspelt() throws IOException {
    assertThat(typed("lihgt").listsNear()).isTrue();
    assertThat(typed("ligh").listsNear()).isFalse();
  }

  /** Whatever a moment says is found with all but the last letters of its last word. */
  @Test
  void aBegunWordFindsWhatTheWordAndTheBeginningFind() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<StoredMoment> moments = new ArrayList<>();
    for (EpisodeEntry episode : engine.episodes()) {
      moments.addAll(engine.moments(episode.episode().id()));
    }
    int compared = 0;
    while (compared < 60) {
      Words words = Words.of(moments.get(random.nextInt(moments.size())).moment().text());
      if (words.count() < 2) {
        continue;
      }
      int at = random.nextInt(words.count());
      String word = words.folded(at);
      if (word.length() < 4 || !word.chars().allMatch(Character::isLetter)) {
        continue;
      }
      String begun = word.substring(0, 2 + random.nextInt(word.length() - 2));
      String what = "\"" + begun + "\" of \"" + word + "\", -Dseed=" + seed;
      Set<String> both = ids(all(SearchRequest.of(begun + "*")));
      both.addAll(ids(all(SearchRequest.of(begun).withNear(SearchRequest.Near.FALSE))));
      assertThat(ids(typed(begun))).as(what).containsAll(both);
      if (!FunctionWords.in(Set.of(begun), LANGUAGES).isEmpty()) {
        // Beside another word it stands for itself alone, such as "wo", a word of German grammar.
        compared++;
        continue;
      }
      String before = words.folded(random.nextInt(words.count()));
      SearchPage together = all(SearchRequest.of(before + " " + begun + "*"));
      if (together.matched() != null && together.matched().rule() == SearchPage.Matched.Rule.ALL) {
        assertThat(ids(typed(before + " " + begun)))
            .as(before + " " + what)
            .containsAll(ids(together));
      }
      compared++;
    }
  }

  private static SearchPage all(SearchRequest request) throws IOException {
    return engine.search(request.withLimit(SearchRequest.MOST_AT_ONCE));
  }
}

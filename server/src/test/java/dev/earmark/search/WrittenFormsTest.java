package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit.Why;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One word written in several ways is found as itself; words that only look alike are not. */
class WrittenFormsTest {
  private static final String[][] TALKS = {
    {"en", "He scratched his chin. Tell us about it. A net was cast. Mind the cs."},
    {
      "en-US",
      "The U.S. coast guard ran on .NET. James's hat lay in the boss’s boat. Off it flew 🚀"
    },
    {"en-GB", "They sailed to the US in spring."},
    {"es", "Las casas eran grandes."},
    {"fr", "L'école est belle, et l’argent vient d'Europe aujourd'hui."},
    {"it", "Parliamo dell'acqua e dell’università."},
    {"ar", "في سنة ٢٠٢٤ حدث ذلك"},
    {"fa", "این کتاب را علی نوشت"},
    {"he", "שָׁלוֹם לְכֻלָּם"},
  };

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (String[] talk : TALKS) {
      Files.writeString(
          corpus.resolve(talk[0] + ".vtt"),
          "WEBVTT\nLanguage: " + talk[0] + "\n\n00:01.000 --> 00:09.000\n" + talk[1] + "\n");
    }
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static SearchPage search(String query) throws IOException {
    return engine.search(SearchRequest.of(query));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "école, école",
        "ecole, école",
        "Europe, Europe",
        "argent, argent",
        "acqua, acqua",
        "università, università",
        "2024, ٢٠٢٤",
        "۲۰۲۴, ٢٠٢٤",
        "كتاب, کتاب",
        "שלום, שָׁלוֹם",
        "🚀, 🚀",
        ".net, .NET",
      })
  void isFoundAsItselfInEveryForm(String query, String said) throws IOException {
    for (String form : new String[] {query, "+" + query, "\"" + query + "\"", query + "*"}) {
      SearchPage page = search(form);
      assertThat(page.total()).as(form).isEqualTo(1);
      assertThat(page.hits().getFirst().why()).as(form).isEqualTo(Why.EXACT);
      assertThat(page.hits().getFirst().matches())
          .as(form)
          .extracting(Hit.Match::text)
          .containsExactly(said);
    }
  }

  @ParameterizedTest
  @CsvSource({"James, James's", "boss, boss’s"})
  void aPossessiveAfterSIsAForm(String query, String said) throws IOException {
    SearchPage page = search(query);
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.hits().getFirst().why()).isEqualTo(Why.STEM);
    assertThat(page.hits().getFirst().matches()).extracting(Hit.Match::text).containsExactly(said);
  }

  @ParameterizedTest
  @CsvSource({"U.S., 2", "US, 2", "+us, 1", "net, 1", "China, 0", "C#, 0", "C++, 0"})
  void differentWordsStayDifferent(String query, int moments) throws IOException {
    assertThat(search(query).total()).isEqualTo(moments);
  }

  @Test
  void signsAloneFindNothingAndThePageSaysSo() throws IOException {
    for (String query : new String[] {"???", "...", "&", "♪", "-- !!"}) {
      SearchPage page = search(query);
      assertThat(page.total()).as(query).isZero();
      assertThat(page.notUnderstood()).as(query).isNotEmpty();
    }
    assertThat(search(" ").total()).isEqualTo(TALKS.length);
  }
}

package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a query calls by name: everybody says the same, so only a name sets them apart. */
class NamedSpeakersTest {
  private static final List<String> SPEAKERS =
      List.of(
          "Dario Amodei",
          "Dwarkesh Patel",
          "Kirsty Williams AM",
          "Hon. Ahmed Hussen",
          "Minister of Families",
          "Professor B",
          "Professor C",
          "Ms. Long",
          "Marketing");

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    int number = 0;
    for (String speaker : SPEAKERS) {
      talk("talk" + number++, speaker, "Scaling goes on, and on, and it always has.");
    }
    for (String word : List.of("long", "families")) {
      for (int i = 0; i < 3; i++) {
        talk(word + i, "A", "This is of " + word + ", and of " + word + " once more.");
      }
    }
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  private static void talk(String name, String speaker, String text) throws IOException {
    Files.writeString(
        folder.resolve("corpus/" + name + ".vtt"),
        "WEBVTT\nLanguage: en\n\n00:00.000 --> 00:12.000\n<v " + speaker + ">" + text + "\n");
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  /** The speakers that a query lifts above those that say the same, in their order above. */
  private static List<String> named(String query) throws IOException {
    List<Hit> hits = new ArrayList<>();
    SearchRequest any = SearchRequest.of(query + " scaling").withMatch(SearchRequest.Match.ANY);
    for (Hit hit : engine.search(any).hits()) {
      if (hit.moment().moment().text().startsWith("Scaling")) {
        hits.add(hit);
      }
    }
    assertThat(hits).hasSameSizeAs(SPEAKERS);
    double least = hits.stream().mapToDouble(Hit::score).min().orElseThrow();
    List<String> lifted =
        hits.stream()
            .filter(hit -> hit.score() > least + 1)
            .map(hit -> String.valueOf(hit.moment().moment().speaker()))
            .toList();
    return SPEAKERS.stream().filter(lifted::contains).toList();
  }

  @Test
  void aWholeNameCallsItsBearerWithOrWithoutAQuestion() throws IOException {
    assertThat(named("dario amodei")).containsExactly("Dario Amodei");
    assertThat(named("What did Dwarkesh Patel's guest say of")).containsExactly("Dwarkesh Patel");
  }

  @Test
  void withoutAQuestionANameIsMetWhereItsBearerSpeaks() throws IOException {
    SearchPage page = engine.search(SearchRequest.of("dario amodei scaling"));
    assertThat(page.hits())
        .extracting(hit -> hit.moment().moment().speaker())
        .containsOnly("Dario Amodei");
    assertThat(java.util.Objects.requireNonNull(page.matched()).words())
        .containsExactly("dario amodei", "scaling");
  }

  @Test
  void inAQuestionSeveralWordsOfANameCallAllWhoHaveThem() throws IOException {
    assertThat(named("What did Kirsty Williams think about")).containsExactly("Kirsty Williams AM");
    assertThat(named("Why did Ahmed Hussen disagree about")).containsExactly("Hon. Ahmed Hussen");
    assertThat(named("Why did professor B and professor C disagree about"))
        .containsExactly("Professor B", "Professor C");
    assertThat(named("Kirsty Williams")).isEmpty();
  }

  @Test
  void aSingleWordOfANameCallsBesideAWordForSaying() throws IOException {
    assertThat(named("what did amodei say about")).containsExactly("Dario Amodei");
    assertThat(named("was sagte Amodei über")).containsExactly("Dario Amodei");
    assertThat(named("What did the professor think about"))
        .containsExactly("Professor B", "Professor C");
    assertThat(named("what is known by amodei of")).isEmpty();
    assertThat(named("amodei")).isEmpty();
  }

  @Test
  void whatIsAWordRatherThanANameCallsNobody() throws IOException {
    assertThat(named("how long did long say goes on")).isEmpty();
    assertThat(named("what do families say about")).isEmpty();
    assertThat(named("what did the minister of families say about"))
        .containsExactly("Minister of Families");
  }

  @Test
  void aWholeNameOfOneWordCallsInAQuestionOnly() throws IOException {
    assertThat(named("Why did Marketing disagree about")).containsExactly("Marketing");
    assertThat(named("marketing")).isEmpty();
  }
}

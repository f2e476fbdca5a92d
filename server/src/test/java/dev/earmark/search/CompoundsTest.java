package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.query.QueryParser;
import dev.earmark.search.Hit.Why;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** German words written as one find what they are made of, and are found by it. */
class CompoundsTest {
  private static final String[] GERMAN = {
    "Die Förderung von Wärmepumpen ist wieder einmal umgestellt worden.",
    "Wer eine Pumpe im Keller hat, hört sie in der Nacht durch das ganze Haus.",
    "Im Winter kommt die Wärme aus der Erde, das reicht für zwei Wohnungen.",
    "Der Ausbau der Netze dauert, weil jede Gemeinde gefragt werden muss.",
    "Über die Sitzung des Parlaments stand am Morgen nichts in der Zeitung.",
    "Am Ende hat das Parlament dem Haushalt doch noch zugestimmt.",
    "Der Netzausbau im Norden ist teuer, und der Strom bleibt trotzdem billig.",
    "Unser Freitagsgast war heute leider krank, wir holen das am Montag nach.",
    "Am Freitag kam der Gast dann doch, und wir haben lange geredet.",
    "Die Haushaltslage war schlecht, und die Lage am Markt war es auch.",
    "Mit einem Schulbuch fängt es an, und in der Schule liegt dann noch ein Buch.",
  };

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  private static void write(String name, String language, String... cues) throws IOException {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: " + language + "\n");
    for (int i = 0; i < cues.length; i++) {
      vtt.append(
          String.format(
              Locale.ROOT,
              "\n00:%02d:00.000 --> 00:%02d:15.000\n<v S%d>%s\n",
              i,
              i,
              i % 2,
              cues[i]));
    }
    Files.writeString(folder.resolve("corpus/" + name + ".vtt"), vtt);
  }

  @BeforeAll
  static void index() throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    write("gespraech", "de", GERMAN);
    write(
        "talk",
        "en",
        "The pumpkin soup was on the stove, and his kin came in from the cold.",
        "A pump in the cellar and a cart in the yard, that was all they left.");
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

  private static List<String> beginnings(SearchPage page) {
    return page.hits().stream()
        .map(hit -> hit.moment().moment().text())
        .map(text -> String.join(" ", List.of(text.split(" ")).subList(0, 3)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Parlamentssitzung, Über die Sitzung",
    "Parlamentssitzungen, Über die Sitzung",
    "Wärmepumpenförderung, Die Förderung von",
    "Netzausbaukosten Netzausbau, Der Netzausbau im",
    "Winterwärme, Im Winter kommt",
  })
  void aCompoundFindsItsParts(String query, String beginning) throws IOException {
    SearchPage page = search(query);
    assertThat(beginnings(page).getFirst()).isEqualTo(beginning);
    assertThat(page.nearTotal()).isZero();
    assertThat(page.didYouMean()).isNull();
  }

  @Test
  void allOfItsPartsMustBeSaid() throws IOException {
    // There is another sentence with the parliament and several with none of both.
    assertThat(search("Parlamentssitzung").total()).isEqualTo(1);
    Hit hit = search("Parlamentssitzung").hits().getFirst();
    assertThat(hit.why()).isEqualTo(Why.STEM);
    assertThat(hit.matches()).extracting(Hit.Match::text).containsExactly("Sitzung", "Parlaments");
  }

  @ParameterizedTest
  @CsvSource({
    "Pumpe, Wärmepumpen",
    "Pumpen, Wärmepumpen",
    "Netze, Netzausbau",
    "Gast, Freitagsgast"
  })
  void aPartFindsTheCompoundAfterTheWordItself(String query, String compound) throws IOException {
    SearchPage page = search(query + " lang:de");
    assertThat(page.total()).isEqualTo(2);
    assertThat(page.hits().getLast().matches())
        .extracting(Hit.Match::text)
        .containsExactly(compound);
    assertThat(page.hits().getLast().why()).isEqualTo(Why.STEM);
  }

  @Test
  void theCompoundItselfComesFirst() throws IOException {
    assertThat(beginnings(search("Netzausbau"))).startsWith("Der Netzausbau im").hasSize(2);
    assertThat(beginnings(search("Schulbuch")).getFirst()).isEqualTo("Mit einem Schulbuch");
  }

  @Test
  void aPhraseIsWhatItIs() throws IOException {
    assertThat(search("\"Netzausbau\"").total()).isEqualTo(1);
    assertThat(search("\"Ausbau der Netze\"").total()).isEqualTo(1);
    assertThat(search("\"Pumpe\"").total()).isEqualTo(1);
    assertThat(search("\"die Parlamentssitzung\"").total()).isZero();
    assertThat(search("-Pumpe Keller").total()).isZero();
    assertThat(search("-Pumpe Förderung").total()).isEqualTo(1);
  }

  @Test
  void wordsOfOtherLanguagesAreNotTakenApart() throws IOException {
    SearchPage page = search("pump");
    assertThat(page.hits())
        .noneSatisfy(hit -> assertThat(hit.moment().moment().text()).contains("pumpkin"));
  }

  @Test
  void theTimelineShowsTheParts() throws IOException {
    assertThat(engine.matches("gespraech", QueryParser.parse("Parlamentssitzung")))
        .extracting(Hit.Match::text)
        .containsExactly("Sitzung", "Parlaments");
  }
}

package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.query.NotUnderstood;
import dev.earmark.query.QueryParser;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No question takes more than it may, and what is cut is said. */
class BoundsTest {
  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    LargeVocabulary.write(folder.resolve("corpus"));
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static List<String> messages(SearchPage page) {
    return page.notUnderstood().stream().map(NotUnderstood::message).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s ", "%s~2 ", "%s~ ", "%s OR ", "+%s ", "(%s) ", "\"%s the\" "})
  void manyWordsThatNobodySaysAreAnswered(String each) throws IOException {
    String query =
        LargeVocabulary.unsaid(200).stream()
            .map(word -> each.formatted(word))
            .collect(Collectors.joining());
    for (boolean byEpisode : new boolean[] {false, true}) {
      SearchRequest request = SearchRequest.of(query);
      SearchPage page = engine.search(byEpisode ? request.groupedByEpisode() : request);
      assertThat(page.total()).isBetween(0L, 4_096L);
      if (!each.contains("\"")) {
        assertThat(messages(page)).as("what was cut").isNotEmpty();
      }
    }
  }

  @Test
  void aQueryIsWidenedByABoundedNumberOfWords() throws IOException {
    // Twenty words with sixty-four near ones each.
    String query = String.join("~2 ", LargeVocabulary.unsaid(20)) + "~2";
    assertThat(messages(engine.search(SearchRequest.of(query))))
        .anyMatch(message -> message.startsWith("a query is widened by at most 1024 words"));
    String fewer = String.join("~2 ", LargeVocabulary.unsaid(8)) + "~2";
    assertThat(messages(engine.search(SearchRequest.of(fewer))))
        .noneMatch(message -> message.contains("is widened"));
  }

  @Test
  void manyWordsInQuotationMarksAreNotTooManyClauses() throws IOException {
    String phrase = '"' + String.join(" ", Collections.nCopies(1_000, "the")) + "\" ";
    assertThat(engine.search(SearchRequest.of(phrase.repeat(4))).total()).isZero();
  }

  /** What may be asked of an engine. */
  private interface Question {
    Object ask() throws IOException;
  }

  private static Map<String, Question> questions() {
    String the = String.join(" ", Collections.nCopies(2_000, "the"));
    Map<String, Question> all = new LinkedHashMap<>();
    all.put("search", () -> engine.search(SearchRequest.of("the")));
    all.put("beginnings", () -> engine.search(SearchRequest.of("a* b* d* -g* -k*")));
    all.put("near", () -> engine.search(SearchRequest.of("\"the and the\"~9")));
    all.put("all", () -> engine.search(SearchRequest.of("").groupedByEpisode()));
    all.put("matches", () -> engine.matches("words", QueryParser.parse("the")));
    all.put("moments", () -> engine.moments("words"));
    all.put("outlines", () -> engine.outlines(SearchRequest.of("the"), List.of("words")));
    all.put("trend", () -> engine.trend("the", Trend.By.MONTH));
    all.put("long trend", () -> engine.trend(the, Trend.By.SPEAKER));
    all.put("speaker", () -> engine.speaker("Ada"));
    all.put("show", () -> engine.show("All words"));
    return all;
  }

  @Test
  void everyQuestionEndsWhenItsTimeIsSpentAndSaysSo() throws Exception {
    // What is worked out once a state of the index is not part of this.
    for (Question question : questions().values()) {
      question.ask();
    }
    engine.close();
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    for (Map.Entry<String, Question> question : questions().entrySet()) {
      RequestBudget nothing = RequestBudget.of(Duration.ZERO);
      nothing.run(question.getValue()::ask);
      assertThat(nothing.wasCut()).as(question.getKey()).isTrue();
      RequestBudget enough = RequestBudget.of(Duration.ofMinutes(1));
      enough.run(question.getValue()::ask);
      assertThat(enough.wasCut()).as("%s, in time", question.getKey()).isFalse();
      assertThat(enough.usedNanos()).as(question.getKey()).isPositive();
    }
  }

  @Test
  void whatWasCutIsNotRememberedAsTheWhole() throws Exception {
    SpeakerProfile whole = engine.speaker("Ada").orElseThrow();
    engine.close();
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    RequestBudget.of(Duration.ZERO).run(() -> engine.speaker("Ada"));
    assertThat(engine.speaker("Ada").orElseThrow().words()).isEqualTo(whole.words());
  }

  @Test
  void aSearchThatIsCutSaysSoBesideTheQuery() throws Exception {
    RequestBudget.of(Duration.ZERO)
        .run(() -> {
          assertThat(messages(engine.search(SearchRequest.of("the"))))
              .singleElement()
              .asString()
              .contains("0 ms of processor time");
        });
  }
}

package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.query.NotUnderstood;
import dev.earmark.query.QueryParser;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries that are too long, too deep, too broad or no text at all are answered, and in time. */
class BadInputTest {
  /** Far more than any of them takes, and far less than one that is not bounded would. */
  private static final long MOST_MS = 5_000;

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Corpora.index(folder, Corpora.SEEDS);
    engine = LuceneSearchEngine.open(folder);
    engine.search(SearchRequest.of("warm qqzzk"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  /** A query that only shows its beginning when a test fails. */
  private record Bad(String name, String query) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String words(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.formatted("w" + letters(i) + "ord"))
        .collect(Collectors.joining(" "));
  }

  private static String letters(int number) {
    return ""
        + (char) ('a' + number % 26)
        + (char) ('a' + number / 26 % 26)
        + (char) ('a' + number / 676 % 26);
  }

  static List<Bad> bad() {
    List<Bad> all = new ArrayList<>();
    all.add(new Bad("stars", "***"));
    all.add(new Bad("three letters", "a* b* c*"));
    all.add(
        new Bad(
            "all letters twice",
            IntStream.range(0, 52)
                .mapToObj(i -> (char) ('a' + i % 26) + "*")
                .collect(Collectors.joining(" "))));
    all.add(new Bad("a leading wildcard", "*end"));
    all.add(new Bad("10,000 unknown words", words(10_000, "%s")));
    all.add(
        new Bad("10,000 common words", String.join(" ", Collections.nCopies(10_000, "the and"))));
    all.add(new Bad("250 fuzzy words", words(250, "%s~2")));
    all.add(new Bad("250 words to leave out", words(250, "-%s")));
    all.add(new Bad("1,000 brackets", "(".repeat(1_000) + "x" + ")".repeat(1_000)));
    all.add(new Bad("1,000 open brackets", "(".repeat(1_000) + "compute"));
    all.add(new Bad("100,000 quotes", "\"".repeat(100_001)));
    all.add(new Bad("a phrase of 500 words", '"' + words(500, "%s") + '"'));
    all.add(
        new Bad(
            "the same word 500 times",
            '"' + String.join(" ", Collections.nCopies(500, "the")) + '"'));
    all.add(
        new Bad(
            "words far apart",
            "\"" + String.join(" ", Collections.nCopies(200, "the of")) + "\"~1000"));
    all.add(
        new Bad(
            "200 phrases",
            IntStream.range(0, 200)
                .mapToObj(i -> "\"of the\"~50")
                .collect(Collectors.joining(" OR "))));
    all.add(new Bad("lone surrogates", "\uD800 \uDC00x \"\uD800\" \uDFFF* speaker:\uD83D -\uDC00"));
    all.add(new Bad("control characters", "com\u0000pute \u0001en:genius \u001b[0m"));
    all.add(new Bad("no time", "from:99:99:99:99:99 to:x after:2026-99-99 compute"));
    all.add(new Bad("one word of 100,000 letters", "x".repeat(100_000)));
    all.add(new Bad("one word of 100,000 marks", "e" + "\u0301".repeat(100_000)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isAnsweredInTime(Bad bad) throws IOException {
    long start = System.nanoTime();
    SearchPage page = engine.search(SearchRequest.of(bad.query()).withLimit(100));
    engine.search(SearchRequest.of(bad.query()).groupedByEpisode());
    engine.matches("dario-amodei-2026", QueryParser.parse(bad.query()));
    engine.suggest(bad.query(), 10);
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(MOST_MS);
    assertThat(page.total()).isGreaterThanOrEqualTo(page.hits().size());
    assertThat(page.notUnderstood())
        .allSatisfy(part -> {
          assertThat(part.message()).isNotBlank();
          assertThat(part.to()).isLessThanOrEqualTo(bad.query().length());
        });
  }

  @Test
  void whatIsCutIsSaid() throws IOException {
    assertThat(messages(engine, words(10_000, "%s")))
        .contains("only the first 256 parts were read");
    assertThat(messages(engine, words(30, "%s~")))
        .contains("only the first 24 words with ~ were read as such");
    assertThat(messages(engine, words(40, "%s*")))
        .contains("only the first 32 beginnings of words were read as such");
  }

  private static String messages(LuceneSearchEngine engine, String query) throws IOException {
    return engine.search(SearchRequest.of(query)).notUnderstood().stream()
        .map(NotUnderstood::message)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aSearchThatTakesTooLongGivesWhatItHasAndSaysSo() throws IOException {
    try (LuceneSearchEngine hasty = LuceneSearchEngine.open(folder, Duration.ofNanos(1))) {
      SearchPage page = hasty.search(SearchRequest.of("people time"));
      assertThat(page.total()).isLessThan(engine.search(SearchRequest.of("people time")).total());
      assertThat(messages(hasty, "people time")).contains("there may be more than was found");
    }
    assertThat(messages(engine, "people time")).isEmpty();
  }
}

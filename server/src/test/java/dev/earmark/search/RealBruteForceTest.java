package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.Timestamp;
import dev.earmark.query.QueryParser;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Numerals;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every phrase of the seeds, of talks made of them and of real talks is found as often as a plain
 * scan of the text finds it, in the moments in which it begins, and at the time of its first word;
 * also where it runs over captions, paragraphs and speakers.
 *
 * <p>The phrases are rows of words out of the talks themselves, half of them over the end of a
 * moment. Run a failure again with {@code -Dseed=…}.
 */
class RealBruteForceTest {
  private static final int EPISODES = 6;
  private static final int PHRASES = 120;

  @TempDir Path folder;

  /** One word as it was said. */
  private record Said(String word, String moment, Long atMs) {}

  @Test
  void findsEveryPhraseOfTheSeeds() throws IOException {
    findsEveryPhraseThatAScanFinds(Corpora.SEEDS, seed());
  }

  @Test
  void findsEveryPhraseOfTalksMadeOfThem() throws IOException {
    long seed = seed();
    Path corpus = folder.resolve("corpus");
    new MadeTalks(seed).write(corpus, "Made", EPISODES, 6_000);
    findsEveryPhraseThatAScanFinds(corpus, seed);
  }

  @ParameterizedTest
  @CsvSource({"talkpython, .vtt", "changelog/podcast, .md"})
  void findsEveryPhraseOfRealTalks(String corpus, String ending) throws IOException {
    Path all = Corpora.SHARED.resolve("corpora/" + corpus);
    Assumptions.assumeTrue(
        Files.isDirectory(all),
        () ->
            "that every phrase of real talks is found as a scan finds it ("
                + all
                + " is not there; the seeds and talks made of them were scanned)");
    long seed = seed();
    findsEveryPhraseThatAScanFinds(sample(all, ending, new Random(seed)), seed);
  }

  private static long seed() {
    return Long.getLong("seed", System.nanoTime());
  }

  private void findsEveryPhraseThatAScanFinds(Path corpus, long seed) throws IOException {
    Random random = new Random(seed);
    Path index = folder.resolve("index");
    Corpora.index(index, corpus);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      Map<String, List<List<Said>>> talks = new LinkedHashMap<>();
      for (EpisodeEntry entry : engine.episodes()) {
        talks.put(entry.episode().id(), runs(engine.moments(entry.episode().id())));
      }
      for (String phrase : phrases(talks, random)) {
        check(engine, talks, phrase, "seed " + seed + ": " + phrase);
      }
    }
  }

  /** Some of the files of a corpus, in a folder of their own. */
  private Path sample(Path all, String ending, Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.list(all)) {
      files = new ArrayList<>(walk.filter(f -> f.toString().endsWith(ending)).sorted().toList());
    }
    Path some = Files.createDirectories(folder.resolve("corpus"));
    java.util.Collections.shuffle(files, random);
    for (Path file : files.subList(0, Math.min(EPISODES, files.size()))) {
      Files.copy(file, some.resolve(file.getFileName()));
    }
    return some;
  }

  /** The words of an episode, in rows that go on without a break. */
  private static List<List<Said>> runs(List<StoredMoment> moments) {
    List<List<Said>> runs = new ArrayList<>();
    StoredMoment before = null;
    for (StoredMoment stored : moments) {
      boolean goesOn =
          before != null
              && stored.moment().continues()
              && stored.source().equals(before.source())
              && Words.of(before.moment().text()).count() > 0;
      if (!goesOn) {
        runs.add(new ArrayList<>());
      }
      TimeMap times = stored.moment().times();
      String[] words = Words.of(stored.moment().text()).folded();
      for (int i = 0; i < words.length; i++) {
        Long at =
            times != null
                ? Long.valueOf(times.startOf(i))
                : stored.moment().anchor().from().map(Timestamp::millis).orElse(null);
        runs.getLast().add(new Said(words[i], stored.id(), at));
      }
      before = stored;
    }
    return runs;
  }

  private static Set<String> phrases(Map<String, List<List<Said>>> talks, Random random) {
    List<List<Said>> runs = new ArrayList<>();
    talks.values().forEach(all -> all.stream().filter(run -> run.size() > 1).forEach(runs::add));
    Set<String> phrases = new LinkedHashSet<>();
    for (int tries = 0; phrases.size() < PHRASES && tries < 100 * PHRASES; tries++) {
      List<Said> run = runs.get(random.nextInt(runs.size()));
      int length = Math.min(run.size(), 2 + random.nextInt(random.nextInt(6) == 0 ? 30 : 4));
      int from = random.nextInt(run.size() - length + 1);
      if (isSign(run.get(from).word()) || isSign(run.get(from + length - 1).word())) {
        // Without the number beside it, a sign is no word.
        continue;
      }
      boolean crosses = !run.get(from).moment().equals(run.get(from + length - 1).moment());
      if (crosses || phrases.size() < PHRASES / 2) {
        phrases.add(
            String.join(" ", run.subList(from, from + length).stream().map(Said::word).toList()));
      }
    }
    return phrases;
  }

  private static boolean isSign(String word) {
    return word.length() == 1 && !Character.isLetterOrDigit(word.charAt(0));
  }

  private static void check(
      LuceneSearchEngine engine, Map<String, List<List<Said>>> talks, String phrase, String what)
      throws IOException {
    List<String> words = List.of(phrase.split(" "));
    if (!amounts(words).equals(words) || isAlsoWrittenOtherwise(talks, words)) {
      checkMeaning(engine, talks, phrase, what);
      return;
    }
    Set<String> moments = new LinkedHashSet<>();
    String query = '"' + phrase + '"';
    for (Map.Entry<String, List<List<Said>>> talk : talks.entrySet()) {
      List<Said> begins = new ArrayList<>();
      for (List<Said> run : talk.getValue()) {
        for (int i = 0; i + words.size() <= run.size(); i++) {
          int length = 0;
          while (length < words.size() && run.get(i + length).word().equals(words.get(length))) {
            length++;
          }
          if (length == words.size()) {
            begins.add(run.get(i));
            moments.add(run.get(i).moment());
          }
        }
      }
      List<Hit.Match> matches = engine.matches(talk.getKey(), QueryParser.parse(query));
      assertThat(matches).as(what).hasSize(begins.size());
      assertThat(matches.stream().map(Hit.Match::momentId).sorted().toList())
          .as(what)
          .isEqualTo(begins.stream().map(Said::moment).sorted().toList());
      assertThat(matches.stream().map(match -> time(match.atMs())).sorted().toList())
          .as(what)
          .isEqualTo(begins.stream().map(said -> time(said.atMs())).sorted().toList());
    }
    SearchPage page = engine.search(SearchRequest.of(query).withLimit(SearchRequest.MOST_HITS));
    assertThat(page.total()).as(what).isEqualTo(moments.size());
    if (page.next() == null) {
      assertThat(page.hits().stream().map(hit -> hit.moment().id()).toList())
          .as(what)
          .containsExactlyInAnyOrderElementsOf(moments);
    }
    for (Hit hit : page.hits()) {
      assertThat(hit.why()).as(what).isEqualTo(Hit.Why.EXACT);
      assertThat(List.of(Words.of(hit.matches().getFirst().text()).folded()))
          .as(what)
          .isEqualTo(words);
    }
  }

  /**
   * Whether the letters of some words are also said with other spaces between, as in "data base".
   */
  private static boolean isAlsoWrittenOtherwise(
      Map<String, List<List<Said>>> talks, List<String> words) {
    String letters = String.join("", words);
    for (List<List<Said>> runs : talks.values()) {
      for (List<Said> run : runs) {
        for (int from = 0; from < run.size(); from++) {
          StringBuilder said = new StringBuilder();
          int to = from;
          while (to < run.size() && said.length() < letters.length()) {
            said.append(run.get(to++).word());
          }
          if (said.toString().equals(letters)
              && !run.subList(from, to).stream().map(Said::word).toList().equals(words)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Words with the value of each amount in its place. */
  private static List<String> amounts(List<String> words) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < words.size(); ) {
      Numerals.Read read = Numerals.in("en").at(words, i);
      all.add(read == null ? words.get(i) : read.amount().toString());
      i += read == null ? 1 : read.words();
    }
    return all;
  }

  /** All that is found has the letters of the phrase, its amounts as words or as digits. */
  private static void checkMeaning(
      LuceneSearchEngine engine, Map<String, List<List<Said>>> talks, String phrase, String what)
      throws IOException {
    for (String talk : talks.keySet()) {
      for (Hit.Match match : engine.matches(talk, QueryParser.parse('"' + phrase + '"'))) {
        List<String> found = List.of(Words.of(match.text()).folded());
        List<String> asked = List.of(phrase.split(" "));
        if (!String.join("", found).equals(String.join("", asked))) {
          assertThat(String.join("", amounts(found)))
              .as(what)
              .isEqualTo(String.join("", amounts(asked)));
        }
      }
    }
  }

  private static String time(Long ms) {
    return ms == null ? "none" : String.format(Locale.ROOT, "%012d", ms);
  }
}

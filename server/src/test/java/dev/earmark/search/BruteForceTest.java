package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.StoredMoment;
import dev.earmark.query.QueryParser;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The search finds what a plain scan of the text finds, on random transcripts and random queries.
 *
 * <p>The scan knows nothing of the index: it splits on spaces, since the transcripts are made of
 * plain lower-case words, and compares word by word. Run a failure again with {@code -Dseed=…}.
 */
class BruteForceTest {
  private static final List<String> SPEAKERS = RandomSpeech.SPEAKERS;

  /** Those words of the random speech that are words of grammar. */
  private static final Set<String> GRAMMAR = Set.of("the", "of", "to", "be", "or", "not", "no");

  @TempDir Path folder;

  private Random random = new Random(0);
  private RandomSpeech speech = new RandomSpeech(random);

  @RepeatedTest(12)
  void findsWhatAScanFinds(RepetitionInfo repetition) throws IOException {
    long seed = Long.getLong("seed", System.nanoTime() ^ (repetition.getCurrentRepetition() * 31L));
    random = new Random(seed);
    speech = new RandomSpeech(random);
    try {
      check();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private void check() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    int episodes = 1 + random.nextInt(5);
    for (int i = 0; i < episodes; i++) {
      Files.writeString(corpus.resolve("episode" + i + ".vtt"), transcript());
    }
    Path index = folder.resolve("index");
    Corpora.index(index, corpus);
    if (random.nextBoolean()) {
      // Replaced and merged: blocks must still be whole.
      Files.writeString(corpus.resolve("episode0.vtt"), transcript());
      Corpora.index(index, corpus);
    }
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      Scan scan = new Scan(engine);
      for (int i = 0; i < 60; i++) {
        checkQuery(engine, scan);
      }
    }
  }

  private String transcript() {
    return speech.transcript();
  }

  private String word() {
    return speech.word();
  }

  private void checkQuery(LuceneSearchEngine engine, Scan scan) throws IOException {
    String speaker = random.nextInt(3) == 0 ? SPEAKERS.get(random.nextInt(SPEAKERS.size())) : null;
    int kind = random.nextInt(8);
    String text;
    Predicate<Place> matches;
    List<String> phrase = List.of();
    switch (kind) {
      case 0 -> {
        String word = word();
        text = word;
        matches = place -> scan.hasForm(place, word);
      }
      case 1, 2 -> {
        int length = 2 + random.nextInt(4);
        List<String> words = new ArrayList<>(Collections.nCopies(length, ""));
        words.replaceAll(x -> word());
        phrase = scan.somewhere(random, words);
        List<String> wanted = phrase;
        text = "\"" + String.join(" ", wanted) + "\"";
        matches = place -> !scan.starts(place, wanted).isEmpty();
      }
      case 3 -> {
        String a = word();
        String b = word();
        text = "+" + a + " -" + b;
        matches = place -> scan.hasForm(place, a) && !scan.hasForm(place, b);
      }
      case 4 -> {
        String a = word();
        String b = word();
        int slop = 1 + random.nextInt(4);
        text = "\"" + a + " " + b + "\"~" + slop;
        matches = place -> scan.near(place, a, b, slop);
      }
      case 5, 6 -> {
        List<String> words = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
          words.add(word());
        }
        text = String.join(" ", words);
        List<String> content = new ArrayList<>(new LinkedHashSet<>(words));
        content.removeAll(GRAMMAR);
        if (content.isEmpty()) {
          matches = place -> !scan.starts(place, words).isEmpty();
        } else {
          // What has all of them within the filter; if nothing has, what has most.
          int most = content.size();
          while (most > 1 && !scan.meetAnywhere(content, most, speaker)) {
            most--;
          }
          int needed = most;
          matches = place -> scan.meet(place, content, needed);
        }
      }
      default -> {
        String prefix = word().substring(0, 2);
        text = prefix + "*";
        matches = place -> place.words().stream().anyMatch(word -> word.startsWith(prefix));
      }
    }
    SearchRequest request = SearchRequest.of(text).withLimit(1 + random.nextInt(10));
    if (speaker != null) {
      request = request.withFilter("speaker", speaker);
    }
    Predicate<Place> inAll = matches;
    TreeSet<String> expected = new TreeSet<>();
    Map<String, Integer> speakers = new TreeMap<>();
    for (Place place : scan.places) {
      if (!inAll.test(place)) {
        continue;
      }
      String name = place.moment().moment().speaker();
      if (name != null) {
        speakers.merge(name, 1, Integer::sum);
      }
      if (speaker == null || speaker.equals(name)) {
        expected.add(place.moment().id());
      }
    }
    List<Hit> hits = new ArrayList<>();
    SearchPage page = engine.search(request);
    hits.addAll(page.hits());
    for (String next = page.next(); next != null; ) {
      SearchPage more = engine.search(request.withCursor(next));
      hits.addAll(more.hits());
      next = more.next();
    }
    assertThat(hits.stream().map(hit -> hit.moment().id()).toList())
        .as(text + " speaker " + speaker)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(page.total()).as("total of " + text).isEqualTo(expected.size());
    // The other speakers' counts stay visible, as if no speaker were chosen.
    Map<String, Integer> counted = new TreeMap<>();
    page.facets().get("speaker").stream()
        .filter(value -> value.count() > 0)
        .forEach(value -> counted.put(value.value(), value.count()));
    assertThat(counted).as("speakers of " + text).isEqualTo(speakers);
    if (!phrase.isEmpty()) {
      checkOccurrences(engine, scan, text, phrase, hits);
    }
  }

  private static void checkOccurrences(
      LuceneSearchEngine engine, Scan scan, String text, List<String> phrase, List<Hit> hits)
      throws IOException {
    for (Hit hit : hits) {
      Place place = scan.place(hit.moment().id());
      List<Integer> starts = scan.starts(place, phrase);
      assertThat(hit.matches())
          .as("matches of " + text + " in " + place.moment().id())
          .hasSize(starts.size());
      for (int i = 0; i < starts.size(); i++) {
        assertThat(hit.matches().get(i).atMs())
            .isEqualTo(place.moment().moment().times().startOf(starts.get(i)));
        assertThat(hit.matches().get(i).text().replaceAll("[.]", ""))
            .isEqualTo(String.join(" ", phrase));
      }
      assertThat(hit.atMs()).isEqualTo(hit.matches().getFirst().atMs());
    }
    Map<String, Integer> byEpisode = new HashMap<>();
    for (Place place : scan.places) {
      byEpisode.merge(place.moment().episodeId(), scan.starts(place, phrase).size(), Integer::sum);
    }
    for (Map.Entry<String, Integer> episode : byEpisode.entrySet()) {
      List<Hit.Match> all = engine.matches(episode.getKey(), QueryParser.parse(text));
      assertThat(all)
          .as("occurrences of " + text + " in " + episode.getKey())
          .hasSize(episode.getValue());
      assertThat(all).extracting(Hit.Match::atMs).isSorted();
    }
  }

  /** A moment, its words, and where they stand in the words of its episode. */
  private record Place(StoredMoment moment, List<String> words, List<String> episode, int first) {}

  /** All text, word by word. */
  private static final class Scan {
    private final List<Place> places = new ArrayList<>();
    private final Map<String, Place> byId = new LinkedHashMap<>();
    private final EnglishStemmer stemmer = new EnglishStemmer();
    private final Map<String, String> stems = new HashMap<>();

    Scan(LuceneSearchEngine engine) throws IOException {
      for (var entry : engine.episodes()) {
        List<String> episode = new ArrayList<>();
        for (StoredMoment moment : engine.moments(entry.episode().id())) {
          List<String> words =
              List.of(moment.moment().text().replaceAll("[.]", "").strip().split("\\s+"));
          Place place = new Place(moment, words, episode, episode.size());
          episode.addAll(words);
          places.add(place);
          byId.put(moment.id(), place);
        }
      }
    }

    Place place(String id) {
      return byId.get(id);
    }

    private String stem(String word) {
      return stems.computeIfAbsent(
          word,
          w -> {
            stemmer.setCurrent(w);
            stemmer.stem();
            return stemmer.getCurrent();
          });
    }

    boolean hasForm(Place place, String word) {
      return place.words().stream().anyMatch(w -> stem(w).equals(stem(word)));
    }

    /** Where in a moment's own words a phrase begins; it may end in later moments. */
    List<Integer> starts(Place place, List<String> phrase) {
      List<Integer> starts = new ArrayList<>();
      for (int i = 0; i < place.words().size(); i++) {
        int from = place.first() + i;
        int to = from + phrase.size();
        if (to <= place.episode().size() && place.episode().subList(from, to).equals(phrase)) {
          starts.add(i);
        }
      }
      return starts;
    }

    boolean meetAnywhere(List<String> words, int needed, @Nullable String speaker) {
      return places.stream()
          .filter(place -> speaker == null || speaker.equals(place.moment().moment().speaker()))
          .anyMatch(place -> meet(place, words, needed));
    }

    /**
     * Whether a shortest run of moments in which so many words are said begins with this one; of
     * those that share a moment the first counts.
     */
    boolean meet(Place place, List<String> words, int needed) {
      int free = 0;
      for (int first = 0; first <= places.indexOf(place); first++) {
        int last = first;
        while (last < places.size() && sameTalk(first, last) && says(first, last, words) < needed) {
          last++;
        }
        if (first < free || last == places.size() || !sameTalk(first, last)) {
          continue;
        }
        int between =
            places.get(last).first() - places.get(first).first() - places.get(first).words().size();
        boolean shortest = last == first || says(first + 1, last, words) < needed;
        if (shortest && between <= RankingParameters.DEFAULT.togetherReach()) {
          if (places.get(first).equals(place)) {
            return true;
          }
          free = last + 1;
        }
      }
      return false;
    }

    private boolean sameTalk(int first, int last) {
      return places.get(first).episode().equals(places.get(last).episode());
    }

    private long says(int first, int last, List<String> words) {
      return words.stream()
          .filter(word -> places.subList(first, last + 1).stream().anyMatch(p -> hasForm(p, word)))
          .count();
    }

    /** Whether two words stand near each other, the first of them in this moment. */
    boolean near(Place place, String a, String b, int slop) {
      for (int i = 0; i < place.words().size(); i++) {
        int from = place.first() + i;
        int to = Math.min(place.episode().size(), from + 2 + slop);
        String first = place.episode().get(from);
        String other = first.equals(a) ? b : first.equals(b) ? a : null;
        if (other != null && place.episode().subList(from + 1, to).contains(other)) {
          // A smallest window begins at the last of equal words before the other.
          int at = from + 1 + place.episode().subList(from + 1, to).indexOf(other);
          if (a.equals(b) || !place.episode().subList(from + 1, at).contains(first)) {
            return true;
          }
        }
      }
      return false;
    }

    /** Words that stand in a row somewhere, so that a phrase is often found; else those given. */
    List<String> somewhere(Random random, List<String> otherwise) {
      Place place = places.get(random.nextInt(places.size()));
      int from = random.nextInt(place.episode().size());
      int to = from + otherwise.size();
      return random.nextInt(4) > 0 && to <= place.episode().size()
          ? List.copyOf(place.episode().subList(from, to))
          : otherwise;
    }
  }
}

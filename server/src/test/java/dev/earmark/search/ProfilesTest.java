package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.search.SpeakerProfile.TypicalWord;
import dev.earmark.search.Trend.By;
import dev.earmark.search.Trend.Point;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of speakers, shows and phrases, against counting it by hand. */
class ProfilesTest {
  private static final String[] WORDS = {"tide", "moon", "wheel", "of", "the", "brass", "pull"};

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static final long SEED = new Random().nextInt();

  /** Made-up talks of three people in two shows over some months, with captions cut anywhere. */
  @BeforeAll
  static void open() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Random random = new Random(SEED);
    for (int i = 0; i < 12; i++) {
      StringBuilder vtt = new StringBuilder("WEBVTT\n");
      for (int cue = 0; cue < 60; cue++) {
        String speaker = List.of("Ann", "Ben", "Cy").get(random.nextInt(3));
        vtt.append(String.format("%n00:%02d:%02d.000 --> ", cue / 60, cue % 60));
        vtt.append(
            String.format("00:%02d:%02d.000%n<v %s>", (cue + 1) / 60, (cue + 1) % 60, speaker));
        for (int word = random.nextInt(6); word >= 0; word--) {
          vtt.append(WORDS[random.nextInt(WORDS.length)]).append(word == 0 ? "\n" : " ");
        }
      }
      Files.writeString(corpus.resolve("talk" + i + ".vtt"), vtt);
      String date = i == 0 ? "" : String.format("date: 2024-%02d-03%n", 1 + i / 2);
      Files.writeString(
          corpus.resolve("talk" + i + ".yaml"),
          date + "show: " + (i % 3 == 0 ? "Sea" : "Sky") + "\n");
    }
    Corpora.index(folder.resolve("index"), corpus);
    // Twice, so that there is something deleted, too.
    Files.writeString(corpus.resolve("talk1.yaml"), "date: 2024-01-05\nshow: Sea\n");
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  /** How often a phrase begins in the moments of each key, and how many words they have. */
  private static Map<String, long[]> byHand(String phrase, By by) throws IOException {
    return byHand(phrase, by, SearchRequest.of(""));
  }

  private static boolean isWithin(SearchRequest scope, EpisodeEntry entry, Moment moment) {
    List<String> shows = scope.filters().getOrDefault("show", List.of());
    List<String> speakers = scope.filters().getOrDefault("speaker", List.of());
    LocalDate date = entry.episode().date();
    return (shows.isEmpty() || shows.contains(entry.episode().show()))
        && (speakers.isEmpty() || speakers.contains(moment.speaker()))
        && (scope.from() == null || (date != null && !date.isBefore(scope.from())));
  }

  private static Map<String, long[]> byHand(String phrase, By by, SearchRequest scope)
      throws IOException {
    String[] wanted = Words.of(phrase).folded();
    Map<String, long[]> counts = new TreeMap<>();
    for (EpisodeEntry entry : engine.episodes()) {
      List<String> words = new ArrayList<>();
      List<StoredMoment> owners = new ArrayList<>();
      for (StoredMoment stored : engine.moments(entry.episode().id())) {
        if (stored.moment().kind() != Kind.SEGMENT) {
          continue;
        }
        if (!stored.moment().continues()) {
          words.add("|");
          owners.add(stored);
        }
        for (String word : Words.of(stored.moment().text()).folded()) {
          words.add(word);
          owners.add(stored);
        }
      }
      for (int at = 0; at < words.size(); at++) {
        String key = key(entry, owners.get(at), by);
        if (key == null
            || words.get(at).equals("|")
            || !isWithin(scope, entry, owners.get(at).moment())) {
          continue;
        }
        long[] point = counts.computeIfAbsent(key, name -> new long[2]);
        point[1]++;
        boolean here = at + wanted.length <= words.size();
        for (int i = 0; here && i < wanted.length; i++) {
          here = words.get(at + i).equals(wanted[i]);
        }
        point[0] += here ? 1 : 0;
      }
    }
    return counts;
  }

  private static String key(EpisodeEntry entry, StoredMoment stored, By by) {
    return switch (by) {
      case MONTH ->
          entry.episode().date() == null ? null : entry.episode().date().toString().substring(0, 7);
      case SHOW -> entry.episode().show();
      case SPEAKER -> stored.person();
    };
  }

  @Test
  void trendsAreWhatCountingByHandGives() throws IOException {
    for (String phrase :
        List.of("tide", "of the", "the moon", "pull of the moon", "the the", "sun")) {
      for (By by : By.values()) {
        String what = "seed " + SEED + ": " + phrase + " by " + by.id();
        Map<String, long[]> expected = byHand(phrase, by);
        if (by != By.MONTH) {
          expected.values().removeIf(point -> point[0] == 0);
        }
        Trend trend = engine.trend(phrase, by);
        Map<String, long[]> found = new TreeMap<>();
        long sum = trend.unplaced();
        for (Point point : trend.points()) {
          found.put(point.key(), new long[] {point.count(), point.words()});
          sum += point.count();
        }
        assertThat(found.keySet()).as(what).isEqualTo(expected.keySet());
        found.forEach(
            (key, point) -> assertThat(point).as(what + " " + key).isEqualTo(expected.get(key)));
        assertThat(trend.count()).as(what).isEqualTo(sum);
        SearchPage search =
            engine.search(
                SearchRequest.of('"' + phrase + '"').withFilter("kind", "segment").withLimit(1));
        assertThat(trend.moments()).as(what).isEqualTo((int) search.total());
      }
    }
  }

  @Test
  void trendsOfAPartAreWhatCountingByHandGives() throws IOException {
    SearchRequest all = SearchRequest.of("");
    SearchRequest sea = all.withFilter("show", "Sea");
    List<SearchRequest> scopes =
        List.of(
            sea,
            all.withFilter("speaker", "Ann", "Cy"),
            new SearchRequest(
                all.query(),
                sea.filters(),
                LocalDate.of(2024, 3, 1),
                null,
                all.sort(),
                all.limit(),
                null,
                false));
    for (SearchRequest scope : scopes) {
      for (By by : By.values()) {
        String what = "seed " + SEED + ": by " + by.id() + " in " + scope.identity();
        Map<String, long[]> expected = byHand("the moon", by, scope);
        if (by != By.MONTH) {
          expected.values().removeIf(point -> point[0] == 0);
        }
        Trend trend = engine.trend("the moon", by, scope);
        assertThat(trend.points().stream().map(Point::key).toList())
            .as(what)
            .containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (Point point : trend.points()) {
          assertThat(new long[] {point.count(), point.words()})
              .as(what + " " + point.key())
              .isEqualTo(expected.get(point.key()));
        }
      }
    }
  }

  @Test
  void theFirstMentionIsTheEarliest() throws IOException {
    Trend trend = engine.trend("tide", By.MONTH);
    assertThat(trend.first()).isNotNull();
    assertThat(trend.first().episode().date()).hasToString("2024-01-05");
    assertThat(trend.first().snippet().highlights()).isNotEmpty();
    assertThat(engine.trend("sun", By.MONTH).first()).isNull();
    assertThat(engine.trend(" … ", By.MONTH).count()).isZero();
  }

  @Test
  void aSpeakerIsCountedAsTheyAreHeard() throws IOException {
    long words = 0;
    long talk = 0;
    for (String name : List.of("Ann", "BEN", "cy")) {
      SpeakerProfile profile = engine.speaker(name).orElseThrow();
      assertThat(profile.episodes()).hasSize(12);
      assertThat(profile.episodes().getFirst().episode().date()).hasToString("2024-06-03");
      assertThat(profile.episodes().getLast().episode().date()).isNull();
      words += profile.words();
      talk += profile.talkMs();
    }
    assertThat(words).isEqualTo(engine.episodes().stream().mapToLong(EpisodeEntry::words).sum());
    assertThat(talk).isBetween(11 * 60_000L, 12 * 60_000L);
    assertThat(engine.speaker("Nobody")).isEmpty();
  }

  @Test
  void aShowHasItsEpisodesAndTheWordsOfItsSpeakers() throws IOException {
    ShowProfile sea = engine.show("SEA").orElseThrow();
    assertThat(sea.name()).isEqualTo("Sea");
    assertThat(sea.episodes()).hasSize(5);
    assertThat(sea.speakers().stream().mapToLong(ShowProfile.Share::words).sum())
        .isEqualTo(sea.words());
    assertThat(engine.show("Sky").orElseThrow().episodes()).hasSize(7);
    assertThat(engine.show("Land")).isEmpty();
  }

  @Test
  void wordsTypicalOfSomebodyAreThoseTheySayMore(@TempDir Path own) throws IOException {
    Path corpus = Files.createDirectories(own.resolve("corpus"));
    for (int i = 0; i < 3; i++) {
      StringBuilder text = new StringBuilder();
      for (int turn = 0; turn < 8; turn++) {
        text.append(
            "Ann: Well, the harbour is a list of numbers, and every harbour has its own.\n\n");
        text.append(
            "Ben: Well, the crank is turned, and a pen draws the tides of a whole year.\n\n");
      }
      Files.writeString(corpus.resolve("talk" + i + ".txt"), text);
    }
    Corpora.index(own.resolve("index"), corpus);
    try (LuceneSearchEngine talks = LuceneSearchEngine.open(own.resolve("index"))) {
      SpeakerProfile ann = talks.speaker("Ann").orElseThrow();
      assertThat(ann.typical())
          .extracting(TypicalWord::word)
          .startsWith("harbour")
          .doesNotContain("well", "Well", "the");
      TypicalWord harbour = ann.typical().getFirst();
      assertThat(harbour.count()).isEqualTo(48);
      assertThat(harbour.elsewhere()).isZero();
      assertThat(ann.talkMs()).isNull();
      // 48 of 336 words against none of 360: 2 · 48 · ln(48 / (336 · 48 / 696)).
      assertThat(harbour.score()).isCloseTo(96 * Math.log(696.0 / ann.words()), within(0.1));
    }
  }
}

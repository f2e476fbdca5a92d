package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Correction;
import dev.earmark.query.QueryParser;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Phrases of what is right and of what was heard in its place find the same, however many words
 * either has.
 *
 * <p>The scan follows every way through the text: at a word that was set right it may take the
 * right words or those that were heard. Run a failure again with {@code -Dseed=…}.
 */
class HeardPhrasesTest {
  private static final Map<String, List<String>> HEARD =
      new TreeMap<>(
          Map.of(
              "Gullport", List.of("gull haven", "gulhafen"),
              "Saint Ives", List.of("centives", "sent i ves", "sand ivy"),
              "Zeroconf Day", List.of("zero con of day"),
              "Quay", List.of("key of e")));

  private static final List<String> PLAIN =
      List.of("the crane", "a rope", "winch", "mast", "tide", "and", "keel");

  @TempDir Path folder;

  @Test
  void bothAreFoundWithWhatIsSaidAroundThem() throws IOException {
    write(
        "one",
        "We were at gull haven the crane was broken\n",
        "Then we saw centives and the tide\n");
    try (LuceneSearchEngine engine = index()) {
      for (String phrase :
          List.of(
              "at gullport the crane",
              "at gull haven the crane",
              "gull haven the",
              "gull haven",
              "at gull haven",
              "at gull",
              "haven the crane",
              "saw saint ives and",
              "saw centives and the",
              "centives and",
              "saw centives",
              "broken then we saw centives and the tide")) {
        SearchPage page = engine.search(SearchRequest.of('"' + phrase + '"'));
        assertThat(page.exactTotal()).as(phrase).isEqualTo(1).isEqualTo(page.total());
        assertThat(page.hits().getFirst().matches()).as(phrase).hasSize(1);
        assertThat(engine.trend(phrase, Trend.By.SHOW).count()).as(phrase).isEqualTo(1);
      }
      Hit.Match match =
          engine
              .search(SearchRequest.of("\"at gull haven the crane\""))
              .hits()
              .getFirst()
              .matches()
              .getFirst();
      assertThat(match.text()).isEqualTo("at Gullport the crane");
      // Ten words in ten seconds; the third to the sixth.
      assertThat(match.atMs()).isEqualTo(2_222);
      assertThat(match.endMs()).isEqualTo(7_777);
      for (String none : List.of("gull haven crane", "at haven the gull", "centives the")) {
        assertThat(engine.search(SearchRequest.of('"' + none + '"')).total()).as(none).isZero();
      }
    }
  }

  @RepeatedTest(8)
  void findsWhatAScanFinds(RepetitionInfo repetition) throws IOException {
    long seed = Long.getLong("seed", System.nanoTime() ^ (repetition.getCurrentRepetition() * 31L));
    Random random = new Random(seed);
    try {
      for (int episode = 1 + random.nextInt(3); episode > 0; episode--) {
        String[] cues = new String[1 + random.nextInt(9)];
        for (int i = 0; i < cues.length; i++) {
          String before = random.nextInt(12) == 0 ? "" : "keel ";
          cues[i] =
              before
                  + said(random, 1 + random.nextInt(4))
                  + (random.nextInt(3) == 0 ? ".\n" : "\n");
        }
        write("talk" + "abcd".charAt(episode), cues);
      }
      try (LuceneSearchEngine engine = index()) {
        List<Talk> talks = new ArrayList<>();
        for (var entry : engine.episodes()) {
          talks.add(new Talk(engine.moments(entry.episode().id())));
        }
        for (int i = 0; i < 80; i++) {
          check(engine, talks, random);
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static String said(Random random, int parts) {
    List<String> said = new ArrayList<>();
    List<String> right = List.copyOf(HEARD.keySet());
    for (int part = 0; part < parts; part++) {
      if (part > 0 && random.nextInt(4) > 0) {
        said.add(PLAIN.get(random.nextInt(PLAIN.size())));
      }
      String name = right.get(random.nextInt(right.size()));
      List<String> ways = HEARD.get(name);
      said.add(
          switch (random.nextInt(5)) {
            case 0 -> name.toLowerCase(java.util.Locale.ROOT);
            case 1, 2 -> ways.get(random.nextInt(ways.size()));
            default -> PLAIN.get(random.nextInt(PLAIN.size()));
          });
    }
    return String.join(" ", said);
  }

  private static void check(LuceneSearchEngine engine, List<Talk> talks, Random random)
      throws IOException {
    List<String> phrase =
        random.nextInt(4) == 0
            ? List.of(said(random, 2).split(" "))
            : talks.get(random.nextInt(talks.size())).somewhere(random);
    if (phrase.size() < 2) {
      return;
    }
    String quoted = '"' + String.join(" ", phrase) + '"';
    Map<String, Integer> expected = new TreeMap<>();
    for (Talk talk : talks) {
      talk.find(phrase).forEach((id, starts) -> expected.put(id, starts.size()));
    }
    SearchPage page = engine.search(SearchRequest.of(quoted).withLimit(100));
    Map<String, Integer> found = new TreeMap<>();
    page.hits().forEach(hit -> found.put(hit.moment().id(), hit.matches().size()));
    if (mayBeCutShort(phrase) || talks.stream().anyMatch(talk -> talk.sideBySide)) {
      // A phrase that leaves out a part of what was heard may be found as well, or one of words
      // that were heard in two places side by side.
      assertThat(found.keySet()).as(quoted).containsAll(expected.keySet());
      return;
    }
    assertThat(found).as(quoted).isEqualTo(expected);
    assertThat(page.total()).as(quoted).isEqualTo(expected.size());
    assertThat(page.exactTotal()).as(quoted).isEqualTo(expected.size());
    int all = expected.values().stream().mapToInt(Integer::intValue).sum();
    Trend trend = engine.trend(String.join(" ", phrase), Trend.By.SHOW);
    assertThat(trend.count()).as(quoted).isEqualTo(all);
    assertThat(trend.moments()).as(quoted).isEqualTo(expected.size());
    int listed = 0;
    for (var entry : engine.episodes()) {
      listed += engine.matches(entry.episode().id(), QueryParser.parse(quoted)).size();
    }
    assertThat(listed).as(quoted).isEqualTo(all);
  }

  /** Whether a phrase has a word that was heard but not all that was heard with it. */
  private static boolean mayBeCutShort(List<String> phrase) {
    String rest = ' ' + String.join("  ", phrase) + ' ';
    List<String> ways = HEARD.values().stream().flatMap(List::stream).toList();
    for (String way : ways) {
      rest = rest.replace(' ' + way.replace(" ", "  ") + ' ', "  ");
    }
    Set<String> heard = new TreeSet<>();
    ways.forEach(way -> heard.addAll(List.of(way.split(" "))));
    return Stream.of(rest.trim().split(" +")).anyMatch(heard::contains);
  }

  private LuceneSearchEngine index() throws IOException {
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    return LuceneSearchEngine.open(folder.resolve("index"));
  }

  /** Cues of ten seconds each, by two who take turns. */
  private void write(String name, String... cues) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int i = 0; i < cues.length; i++) {
      vtt.append(
          "\n00:%02d:%02d.000 --> 00:%02d:%02d.000\n<v %s>%s"
              .formatted(
                  i / 6,
                  i % 6 * 10,
                  (i + 1) / 6,
                  (i + 1) % 6 * 10,
                  i / 2 % 2 == 0 ? "Ann Hill" : "Bo Bee",
                  cues[i]));
    }
    Files.writeString(corpus.resolve(name + ".vtt"), vtt);
    Files.writeString(
        corpus.resolve(name + ".yaml"), "heard: " + HEARD.toString().replace("=", ": ") + "\n");
  }

  /** A word of a talk or what was heard for some: which ways lead on from it. */
  private record Node(String word, String moment, int shown, List<Integer> next) {}

  /** A talk as a graph of words. */
  private static final class Talk {
    private final List<Node> nodes = new ArrayList<>();

    /** Whether the words before and after some place were both set right. */
    private boolean sideBySide;

    Talk(List<StoredMoment> moments) {
      List<Integer> open = new ArrayList<>();
      for (StoredMoment moment : moments) {
        String[] words = Words.of(moment.moment().text()).folded();
        Map<Integer, Correction> corrections = new TreeMap<>();
        moment.moment().corrections().forEach(one -> corrections.put(one.firstWord(), one));
        for (int word = 0; word < words.length; ) {
          Correction correction = corrections.get(word);
          int right = correction == null ? 1 : correction.words();
          List<Integer> ends = new ArrayList<>();
          ends.add(chain(List.of(words).subList(word, word + right), right, moment, word, open));
          if (correction != null) {
            List<String> heard = List.of(Words.of(correction.heard()).folded());
            ends.add(chain(heard, right, moment, word, open));
          }
          sideBySide |= open.size() > 1 && correction != null;
          open.clear();
          open.addAll(ends);
          word += right;
        }
      }
    }

    private int chain(
        List<String> words, int right, StoredMoment moment, int first, List<Integer> before) {
      List<Integer> from = before;
      for (int i = 0; i < words.size(); i++) {
        int shown = first + Math.min(i, right - 1);
        nodes.add(new Node(words.get(i), moment.id(), shown, new ArrayList<>()));
        for (int node : from) {
          nodes.get(node).next().add(nodes.size() - 1);
        }
        from = List.of(nodes.size() - 1);
      }
      return nodes.size() - 1;
    }

    /** Where a phrase begins, by moment: the nodes. */
    Map<String, Set<Integer>> find(List<String> phrase) {
      Map<String, Set<Integer>> found = new TreeMap<>();
      for (int node = 0; node < nodes.size(); node++) {
        if (leads(node, phrase)) {
          found.computeIfAbsent(nodes.get(node).moment(), id -> new TreeSet<>()).add(node);
        }
      }
      return found;
    }

    private boolean leads(int node, List<String> phrase) {
      if (!nodes.get(node).word().equals(phrase.getFirst())) {
        return false;
      }
      List<String> rest = phrase.subList(1, phrase.size());
      return rest.isEmpty() || nodes.get(node).next().stream().anyMatch(next -> leads(next, rest));
    }

    /** Words that stand in a row somewhere. */
    List<String> somewhere(Random random) {
      List<String> words = new ArrayList<>();
      int node = random.nextInt(nodes.size());
      for (int left = 2 + random.nextInt(6); left > 0; left--) {
        words.add(nodes.get(node).word());
        List<Integer> next = nodes.get(node).next();
        if (next.isEmpty()) {
          break;
        }
        node = next.get(random.nextInt(next.size()));
      }
      return words;
    }
  }
}

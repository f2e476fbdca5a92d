package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.search.spoken.Footprint;
import dev.earmark.search.spoken.IndexStatistics;
import dev.earmark.search.spoken.IndexStatistics.Spelled;
import dev.earmark.search.spoken.SaidWords;
import dev.earmark.search.spoken.WordList;
import dev.earmark.text.Phones;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The words of a snapshot, looked for in the cluster: each is a document of its own ({@link
 * Mapping#WORD}).
 *
 * <p>The cluster gives at most {@value #MOST} words that may be meant, the likeliest first; how
 * like they are is decided here as in a list of all words, and so is how often they are said, since
 * the document of a word stays when it is said no more. Thread-safe as the sessions are that it is
 * given.
 */
final class ClusterWords implements SaidWords {
  private static final int MOST = 1_000;

  /** Of so many words at most it is counted how often they are said. */
  private static final int MOST_COUNTED = 500;

  /** A word that is held by a share of the moments is among so many that come most often. */
  private static final int MOST_COMMON = 2_000;

  /** So many spellings of what is looked for are tried. */
  private static final int MOST_EXPANSIONS = 500;

  private static final int MOST_EDITS = 2;

  private static final long BYTES_KEPT = 2 << 20;

  private final Cache<String, List<String>> foundLately = Footprint.cache(BYTES_KEPT);
  private final Supplier<Session> sessions;
  private final IndexStatistics index;

  ClusterWords(Supplier<Session> sessions, IndexStatistics index) {
    this.sessions = sessions;
    this.index = index;
  }

  /** A search for words. */
  private record Asked(ObjectNode query, int most, ObjectNode first) {
    ObjectNode search() {
      return Json.object(
          "size",
          most,
          "track_total_hits",
          false,
          "query",
          query,
          "stored_fields",
          "_none_",
          "sort",
          Json.array(first, Json.object(Mapping.WORD, "asc")));
    }
  }

  /** The words that are found, each once. */
  private List<String> found(Asked asked) {
    List<String> known = foundLately.getIfPresent(asked.toString());
    return known == null ? found(List.of(asked)).getFirst() : known;
  }

  /** The words that each of some searches finds, asked at once. */
  private List<List<String>> found(List<Asked> all) {
    List<List<String>> found = new ArrayList<>();
    Session session = sessions.get();
    for (JsonNode answer : session.askAll(all.stream().map(Asked::search).toList())) {
      Set<String> words = new LinkedHashSet<>();
      for (JsonNode hit : answer.at("/hits/hits")) {
        words.add(((ArrayNode) hit.path("sort")).path(1).asText());
      }
      found.add(List.copyOf(words));
    }
    if (session.isWhole()) {
      for (int i = 0; i < all.size(); i++) {
        foundLately.put(all.get(i).toString(), found.get(i));
      }
    }
    return found;
  }

  private static ObjectNode mostOftenFirst() {
    return Json.object(Mapping.OFTEN, "desc");
  }

  private static ObjectNode likestFirst() {
    return Json.object("_score", "desc");
  }

  private static ObjectNode fuzzy(String field, String value, int edits, int same) {
    return Json.object(
        "fuzzy",
        Json.object(
            field,
            Json.object(
                "value",
                value,
                "fuzziness",
                edits,
                "prefix_length",
                same,
                "max_expansions",
                MOST_EXPANSIONS)));
  }

  private static ObjectNode prefix(String field, String prefix) {
    return Json.object("prefix", Json.object(field, Json.object("value", prefix)));
  }

  /** Those words that are said, with how many moments hold each. */
  private WordList counted(Collection<String> words) throws IOException {
    List<String> some = words.stream().limit(MOST_COUNTED).toList();
    index.lookUp(some);
    WordList.Builder list = new WordList.Builder();
    for (String word : some) {
      int moments = index.frequency(word);
      if (moments > 0) {
        list.add(word, moments);
      }
    }
    return list.build(index.documents());
  }

  /** A list in which all words are as rare as can be. */
  private static WordList uncounted(Collection<String> words) {
    WordList.Builder list = new WordList.Builder();
    words.forEach(word -> list.add(word, 1));
    return list.build(1);
  }

  /**
   * What may be another word misheard or mistyped: first what sounds or is written nearly like it,
   * then what begins nearly as it sounds. One search for both, since to prepare such a search is
   * what takes the time.
   */
  private static Asked like(String word) {
    List<ObjectNode> any = new ArrayList<>(List.of(fuzzy(Mapping.WORD, word, MOST_EDITS, 0)));
    String sounds = Phones.of(word);
    if (!sounds.isEmpty()) {
      any.add(fuzzy(Mapping.SOUND, sounds, MOST_EDITS, 0));
      List<ObjectNode> begins = new ArrayList<>();
      for (char first : Phones.near(sounds.charAt(0), WordList.FIRST_APART)) {
        begins.add(prefix(Mapping.SOUND, String.valueOf(first)));
      }
      any.add(Dsl.constant(Dsl.any(begins), 0));
    }
    return new Asked(Dsl.any(any), MOST, likestFirst());
  }

  /**
   * The candidates that are like a word even if they are rare; frequent ones count as less like it.
   */
  private static List<String> likeAtBest(String word, float least, List<String> maybe) {
    // What is common counts less, so that what is too far already need not be counted.
    return uncounted(maybe).alike(word, least, MOST_COUNTED).stream().map(Near::word).toList();
  }

  /** The candidates that are written like a word. */
  private static List<String> typedLike(String word, int edits, List<String> maybe) {
    return uncounted(maybe).spelledLike(word, edits, MOST_COUNTED).stream()
        .map(Near::word)
        .toList();
  }

  @Override
  public void lookUp(Map<String, Integer> edits) throws IOException {
    List<String> words =
        edits.keySet().stream().filter(word -> !Phones.of(word).isEmpty()).toList();
    if (words.isEmpty()) {
      return;
    }
    List<List<String>> found = found(words.stream().map(ClusterWords::like).toList());
    Set<String> counted = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      counted.addAll(likeAtBest(word, WordList.LEAST_LIKENESS, found.get(i)));
      counted.addAll(typedLike(word, edits.getOrDefault(word, 0), found.get(i)));
    }
    index.lookUp(counted.stream().limit(MOST_COUNTED).toList());
  }

  @Override
  public List<Near> alike(String word, float least, int most) throws IOException {
    return Phones.of(word).isEmpty()
        ? List.of()
        : counted(likeAtBest(word, least, found(like(word)))).alike(word, least, most);
  }

  @Override
  public List<Near> spelledLike(String word, int edits, int most) throws IOException {
    return edits == 0
        ? List.of()
        : counted(typedLike(word, edits, found(like(word)))).spelledLike(word, edits, most);
  }

  /** The words that differ from one in so many letters but not in the first, the nearest first. */
  List<Spelled> spelled(String word, int edits) throws IOException {
    int[] wanted = word.codePoints().toArray();
    List<Spelled> like = new ArrayList<>();
    ObjectNode query = Dsl.term(Mapping.WORD, word);
    if (edits > 0) {
      query = fuzzy(Mapping.WORD, word, edits, 1);
    }
    for (String other : found(new Asked(query, MOST, likestFirst()))) {
      int[] letters = other.codePoints().toArray();
      int apart = apart(wanted, letters, edits);
      int shorter = Math.min(wanted.length, letters.length);
      if (apart <= edits) {
        like.add(new Spelled(other, apart == 0 ? 1 : 1f - (float) apart / shorter));
      }
    }
    like.sort(Comparator.comparing(Spelled::nearness).reversed());
    List<Spelled> some = like.subList(0, Math.min(MOST_COUNTED, like.size()));
    index.lookUp(some.stream().map(Spelled::word).toList());
    List<Spelled> said = new ArrayList<>();
    for (Spelled one : some) {
      if (index.frequency(one.word()) > 0) {
        said.add(one);
      }
    }
    return said;
  }

  @Override
  public List<Near> startingWith(String prefix, int most) throws IOException {
    List<String> maybe =
        found(new Asked(prefix(Mapping.WORD, prefix), MOST_COUNTED, mostOftenFirst()));
    return counted(maybe.stream().sorted().toList()).startingWith(prefix, most);
  }

  @Override
  public List<String> containing(String part, int others, int most) {
    ObjectNode query =
        Json.object("wildcard", Json.object(Mapping.WORD, Json.object("value", "*" + part + "*")));
    return found(new Asked(query, MOST, mostOftenFirst())).stream()
        .filter(word -> WordList.isPlain(word) && word.length() >= part.length() + others)
        .limit(most)
        .toList();
  }

  @Override
  public List<String> heldByMoreThan(int most) throws IOException {
    ObjectNode all = Json.object("exists", Json.object("field", Mapping.WORD));
    List<String> common = found(new Asked(all, MOST_COMMON, mostOftenFirst()));
    index.lookUp(common);
    List<String> held = new ArrayList<>();
    for (String word : common) {
      if (index.frequency(word) > most) {
        held.add(word);
      }
    }
    return held;
  }

  /** How many letters are wrong, missing, extra or swapped; more than {@code most} if that many. */
  private static int apart(int[] a, int[] b, int most) {
    if (Math.abs(a.length - b.length) > most) {
      return most + 1;
    }
    int[] twoAbove = new int[b.length + 1];
    int[] above = new int[b.length + 1];
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int cost = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        cost = Math.min(cost, 1 + Math.min(above[j], row[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          cost = Math.min(cost, twoAbove[j - 2] + 1);
        }
        row[j] = cost;
      }
      int[] spare = twoAbove;
      twoAbove = above;
      above = row;
      row = spare;
    }
    return above[b.length];
  }
}

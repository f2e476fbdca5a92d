package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.IndexStatistics.Spelled;
import dev.earmark.search.spoken.WordList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All words of a snapshot, at most {@value #MOST_WORDS}, with the number of moments that have each.
 * Read in pages from the terms of the field, which costs the number of words, not of moments.
 * Immutable and thread-safe.
 */
final class Vocabulary {
  private static final int MOST_WORDS = 1 << 20;
  private static final int PAGE = 10_000;

  private final Map<String, Integer> moments = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private final WordList plain;

  private Vocabulary(Session session) {
    WordList.Builder list = new WordList.Builder();
    ObjectNode source =
        Json.object("word", Json.object("terms", Json.object("field", Mapping.VOCABULARY)));
    ObjectNode composite = Json.object("size", PAGE, "sources", Json.array(source));
    while (words.size() < MOST_WORDS) {
      ObjectNode search = Json.object("size", 0, "track_total_hits", false);
      search.set("aggs", Json.object("words", Json.object("composite", composite)));
      JsonNode page = session.ask(search).at("/aggregations/words");
      for (JsonNode bucket : page.path("buckets")) {
        String word = bucket.at("/key/word").asText();
        int count = bucket.path("doc_count").asInt();
        words.add(word);
        moments.put(word, count);
        list.add(word, count);
      }
      if (page.path("buckets").size() < PAGE) {
        break;
      }
      composite.set("after", page.path("after_key"));
    }
    plain = list.build((int) Math.min(Integer.MAX_VALUE, session.count(Dsl.withoutPictures())));
  }

  /** The words of a snapshot, read when they are first needed. */
  static Vocabulary of(Snapshot snapshot) throws IOException {
    return snapshot.once(
        Vocabulary.class, () -> new Vocabulary(new Session(snapshot, Deadline.NONE, false)));
  }

  /** The words of letters. */
  WordList plain() {
    return plain;
  }

  /** How many moments hold a word; null if it may be one of those left out. */
  @Nullable Integer moments(String word) {
    Integer known = moments.get(word);
    return known == null && words.size() < MOST_WORDS ? Integer.valueOf(0) : known;
  }

  /** The words that differ from one in so many letters but not in the first, the nearest first. */
  List<Spelled> spelled(String word, int edits) {
    int[] wanted = word.codePoints().toArray();
    List<Spelled> found = new ArrayList<>();
    for (String other : words) {
      if (wanted.length == 0 || other.isEmpty() || other.codePointAt(0) != wanted[0]) {
        continue;
      }
      if (Math.abs(other.length() - word.length()) > 2 * edits) {
        continue;
      }
      int[] letters = other.codePoints().toArray();
      int apart = apart(wanted, letters, edits);
      if (apart <= edits) {
        int shorter = Math.min(wanted.length, letters.length);
        found.add(new Spelled(other, apart == 0 ? 1 : 1f - (float) apart / shorter));
      }
    }
    found.sort(Comparator.comparing(Spelled::nearness).reversed());
    return found;
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

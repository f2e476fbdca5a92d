package dev.earmark.search.spoken;

import dev.earmark.search.Suggestion;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Completions of what somebody types: names, titles and phrases, found by a prefix of any of their
 * words, and the word that is being typed.
 *
 * <p>A sorted list has an entry for each word of each name: the folded name from that word on. A
 * binary search finds the entries with a prefix. Immutable and thread-safe.
 */
public final class Suggestions {
  /** Later words of a long title are not looked for. */
  private static final int MOST_WORDS = 8;

  private static final int LONGEST_KEY = 60;

  /** Of a longer stretch only so many are looked at; a letter more and it is shorter. */
  private static final int MOST_LOOKED_AT = 200_000;

  /** A completion that is said less often than the first by so many times is left out. */
  private static final int TIMES_AS_OFTEN = 500;

  /** So many words are tried as the one that follows those before. */
  private static final int MOST_FOLLOWING = 8;

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparing((Ranked ranked) -> !ranked.fromStart())
          .thenComparing(ranked -> ranked.suggestion().count(), Comparator.reverseOrder())
          .thenComparing(ranked -> ranked.suggestion().text());

  private final List<Suggestion> all;
  private final String[] keys;
  private final int[] owners;
  private final boolean[] starts;

  /** A suggestion, and whether it begins with what was typed rather than has it inside. */
  private record Ranked(Suggestion suggestion, boolean fromStart) {}

  /** Counts the moments in which one word follows another. */
  public interface Following {
    long count(String first, String second) throws IOException;
  }

  private record Key(String text, int owner, boolean start) {}

  public Suggestions(List<Suggestion> suggestions) {
    this.all = List.copyOf(suggestions);
    List<Key> found = new ArrayList<>();
    for (int owner = 0; owner < all.size(); owner++) {
      String[] folded = Words.of(all.get(owner).text()).folded();
      int begin = Words.of(named(all.get(owner))).count();
      for (int word = 0; word < Math.min(begin, MOST_WORDS); word++) {
        String key = String.join(" ", Arrays.asList(folded).subList(word, folded.length));
        found.add(new Key(key.substring(0, Math.min(key.length(), LONGEST_KEY)), owner, word == 0));
      }
    }
    found.sort(Comparator.comparing(Key::text));
    keys = new String[found.size()];
    owners = new int[found.size()];
    starts = new boolean[found.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = found.get(i).text();
      owners[i] = found.get(i).owner();
      starts[i] = found.get(i).start();
    }
  }

  /** The part of a suggestion in which it may begin: of a speaker not what tells them apart. */
  private static String named(Suggestion suggestion) {
    String text = suggestion.text();
    int apart = suggestion.type() == Suggestion.Type.SPEAKER ? text.lastIndexOf(" (") : -1;
    return apart < 0 ? text : text.substring(0, apart);
  }

  /**
   * What begins, or has a word that begins, as the text does.
   *
   * @param words the words of the corpus
   * @param following tells which words are said behind the one before the last
   * @return at most as many as asked for: by type, and of a type those that begin so before those
   *     that have it inside, the most frequent first. No type takes more than its share while
   *     others have something to say.
   */
  public List<Suggestion> of(String typed, int limit, SaidWords words, Following following)
      throws IOException {
    Words typedWords = Words.of(typed);
    if (typedWords.count() == 0) {
      return List.of();
    }
    String prefix = String.join(" ", typedWords.folded());
    boolean ended = typedWords.end(typedWords.count() - 1) < typed.length();
    prefix = ended ? prefix + ' ' : prefix;
    prefix = prefix.length() > LONGEST_KEY ? prefix.substring(0, LONGEST_KEY) : prefix;
    Map<Suggestion.Type, List<Ranked>> byType = new EnumMap<>(Suggestion.Type.class);
    int from = Arrays.binarySearch(keys, prefix);
    from = from < 0 ? -from - 1 : from;
    while (from > 0 && keys[from - 1].equals(prefix)) {
      from--;
    }
    for (int i = from; i < keys.length && i - from < MOST_LOOKED_AT; i++) {
      if (!keys[i].startsWith(prefix)) {
        break;
      }
      Suggestion suggestion = all.get(owners[i]);
      keepBest(
          byType.computeIfAbsent(suggestion.type(), type -> new ArrayList<>()),
          new Ranked(suggestion, starts[i]),
          limit);
    }
    if (!ended) {
      byType.put(Suggestion.Type.WORD, completed(words, typed, typedWords, limit, following));
    }
    return shared(byType, limit);
  }

  /** What was typed with its last word completed, what is said most first. */
  private static List<Ranked> completed(
      SaidWords words, String typed, Words typedWords, int limit, Following following)
      throws IOException {
    int last = typedWords.count() - 1;
    String prefix = typedWords.folded(last);
    String before = typed.substring(0, typedWords.start(last));
    List<Ranked> all = new ArrayList<>();
    if (last == 0) {
      for (SaidWords.Near word : words.startingWith(prefix, limit)) {
        if (all.isEmpty() || isUsual(word.moments(), all.getFirst())) {
          all.add(completion(before + word.word(), word.moments()));
        }
      }
      return all;
    }
    if (prefix.length() < 2) {
      return all;
    }
    for (SaidWords.Near word : words.startingWith(prefix, MOST_FOLLOWING)) {
      long count = following.count(typedWords.folded(last - 1), word.word());
      if (count > 0) {
        all.add(completion(before + word.word(), (int) Math.min(Integer.MAX_VALUE, count)));
      }
    }
    all.sort(BEST_FIRST);
    return all.subList(0, Math.min(limit, all.size()));
  }

  /** What is said so much less than the first is mostly a mistyped form of it. */
  private static boolean isUsual(int moments, Ranked first) {
    return (long) moments * TIMES_AS_OFTEN >= first.suggestion().count();
  }

  private static Ranked completion(String text, int moments) {
    return new Ranked(Suggestion.query(text, Suggestion.Type.WORD, moments, text), true);
  }

  private static void keepBest(List<Ranked> best, Ranked one, int limit) {
    if (best.size() == limit && BEST_FIRST.compare(one, best.getLast()) >= 0) {
      return;
    }
    int at = best.size();
    while (at > 0 && BEST_FIRST.compare(one, best.get(at - 1)) < 0) {
      at--;
    }
    for (int i = 0; i < best.size(); i++) {
      // A name that has the prefix twice is one name.
      if (best.get(i).suggestion().equals(one.suggestion())) {
        if (i < at) {
          return;
        }
        best.remove(i);
        break;
      }
    }
    best.add(at, one);
    if (best.size() > limit) {
      best.removeLast();
    }
  }

  private static List<Suggestion> shared(Map<Suggestion.Type, List<Ranked>> byType, int limit) {
    int share = Math.max(1, limit / 3);
    Map<Suggestion.Type, Integer> taken = new EnumMap<>(Suggestion.Type.class);
    int left = limit;
    while (left > 0) {
      int before = left;
      for (Map.Entry<Suggestion.Type, List<Ranked>> one : byType.entrySet()) {
        int has = taken.getOrDefault(one.getKey(), 0);
        int more = Math.min(Math.min(share, left), one.getValue().size() - has);
        taken.put(one.getKey(), has + more);
        left -= more;
      }
      if (left == before) {
        break;
      }
    }
    Set<Suggestion> result = new LinkedHashSet<>();
    byType.forEach((type, ranked) ->
        ranked
            .subList(0, taken.getOrDefault(type, 0))
            .forEach(one -> result.add(one.suggestion())));
    return List.copyOf(result);
  }
}

package dev.earmark.search.spoken;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The speakers that a query calls by name: "what did <em>ada lovelace</em> say about engines".
 *
 * <p>A name asks for what its bearer says more than for speech that holds the name. A name of a
 * single word counts only in a question, since many are words of their own: mark, will, grace.
 *
 * @param names folded, as the index has them
 * @param words those of the text that are part of one
 */
record NamedSpeakers(Set<String> names, Set<String> words) {
  private static final String SPEAKER = "speaker";
  private static final int LONGEST_NAME = 4;

  /** Names are looked for among so many words; a longer text names nobody in particular. */
  private static final int WORDS_LOOKED_AT = 64;

  /**
   * The speakers named in a text, each by the longest name that begins where it does.
   *
   * @param words folded words of a query; if they are nothing but a name, nobody is meant
   */
  static NamedSpeakers in(List<String> words, SpokenIndex index) throws IOException {
    int shortest = QuestionWords.anyIn(words) ? 1 : 2;
    int end = Math.min(words.size(), WORDS_LOOKED_AT);
    Set<String> tried = new LinkedHashSet<>();
    for (int from = 0; from < end; from++) {
      for (int to = Math.min(end, from + LONGEST_NAME); to - from >= shortest; to--) {
        String row = String.join(" ", words.subList(from, to));
        tried.add(row);
        tried.add(withoutS(row));
      }
    }
    tried.removeIf(name -> name.length() <= 1);
    Set<String> known = tried.isEmpty() ? Set.of() : index.names(SPEAKER, tried);
    Set<String> names = new LinkedHashSet<>();
    Set<String> taken = new LinkedHashSet<>();
    for (int from = 0; from < end; from++) {
      for (int to = Math.min(end, from + LONGEST_NAME); to - from >= shortest; to--) {
        String name = bearer(String.join(" ", words.subList(from, to)), known);
        if (name != null && to - from < words.size()) {
          names.add(name);
          taken.addAll(words.subList(from, to));
          from = to - 1;
          break;
        }
      }
    }
    return new NamedSpeakers(names, taken);
  }

  /** The name of a speaker that some words are, if need be without the s of "Ada's"; or null. */
  private static @Nullable String bearer(String words, Set<String> known) {
    if (known.contains(words)) {
      return words;
    }
    String without = withoutS(words);
    return known.contains(without) ? without : null;
  }

  private static String withoutS(String words) {
    return words.endsWith("s") ? words.substring(0, words.length() - 1) : "";
  }

  /** Matches what a speaker says. */
  static SpokenQuery saidBy(String name) {
    return new SpokenQuery.Term(SPEAKER, name);
  }
}

package dev.earmark.search.spoken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the speakers that a query mentions: "what did <em>ada lovelace</em> say about engines".
 *
 * <p>Such a query asks for what that person says rather than for speech that mentions the name. The
 * archive may list them as "Dr Ada Lovelace (Royal Society)", so in a question several words in a
 * row name everyone whose name contains them, and one word does next to a verb of speaking: "what
 * did <em>lovelace</em> say". The words have to be more of a name than of speech: their bearers say
 * more than is said of them. Outside questions one word names nobody, since many names are ordinary
 * words: mark, will, grace.
 *
 * @param names folded, as in the index
 * @param words the words of the query that belong to a name
 */
record NamedSpeakers(Set<String> names, Set<String> words) {
  private static final String SPEAKER = "speaker";
  private static final int LONGEST_NAME = 4;

  /** Texts with more words are not searched for names. */
  private static final int WORDS_LOOKED_AT = 64;

  /** What more speakers have in their names, such as a title or a party, calls none of them. */
  private static final int MOST_BEARERS = 32;

  /** A shorter word is not taken for a name with an s behind it. */
  private static final int SHORTEST_WITH_S = 5;

  /**
   * The speakers named in a text, each by the longest name that begins where it does.
   *
   * @param words folded words of a query; if they are nothing but a name, nobody is meant
   */
  static NamedSpeakers in(List<String> words, IndexStatistics index) throws IOException {
    return new Search(words.subList(0, Math.min(words.size(), WORDS_LOOKED_AT)), index)
        .find(words.size());
  }

  /** Matches what speakers say. */
  static SpokenQuery.AnyTerm said(Set<String> names) {
    return new SpokenQuery.AnyTerm(SPEAKER, List.copyOf(names));
  }

  /** Looks for names among some words. */
  private static final class Search {
    private final List<String> words;
    private final IndexStatistics index;
    private final boolean question;

    private final List<String> known;

    Search(List<String> words, IndexStatistics index) throws IOException {
      this.words = words;
      this.index = index;
      this.question = QuestionWords.anyIn(words);
      this.known = question || words.size() > 1 ? known() : List.of();
    }

    /**
     * The names that any word may be part of; without a question only those that are there whole.
     */
    private List<String> known() throws IOException {
      Set<String> asked = new LinkedHashSet<>();
      int longest = question ? 1 : LONGEST_NAME;
      for (int from = 0; from < words.size(); from++) {
        for (int to = from + 1; to <= Math.min(words.size(), from + longest); to++) {
          String row = String.join(" ", words.subList(from, to));
          asked.add(row);
          if (words.get(to - 1).length() >= SHORTEST_WITH_S) {
            asked.add(withoutS(row));
          }
        }
      }
      asked.removeIf(row -> row.isEmpty() || QuestionWords.contains(row));
      if (asked.isEmpty()) {
        return List.of();
      }
      // To look for parts of names takes a look at all of them, which not every search should pay.
      return question
          ? index.namesWithAny(SPEAKER, asked)
          : List.copyOf(index.names(SPEAKER, asked));
    }

    NamedSpeakers find(int ofWords) throws IOException {
      Set<String> names = new LinkedHashSet<>();
      Set<String> taken = new LinkedHashSet<>();
      for (int from = 0; from < words.size() && !known.isEmpty(); from++) {
        for (int to = Math.min(words.size(), from + LONGEST_NAME); to > from; to--) {
          List<String> called = to - from < ofWords ? called(from, to) : List.of();
          if (!called.isEmpty()) {
            names.addAll(called);
            taken.addAll(words.subList(from, to));
            from = to - 1;
            break;
          }
        }
      }
      return new NamedSpeakers(names, taken);
    }

    /** Whom some of the words call, if need be without the s of "Ada's". */
    private List<String> called(int from, int to) throws IOException {
      String row = String.join(" ", words.subList(from, to));
      List<String> called = bearers(row, from, to);
      return called.isEmpty() && words.get(to - 1).length() >= SHORTEST_WITH_S
          ? bearers(withoutS(row), from, to)
          : called;
    }

    private List<String> bearers(String row, int from, int to) throws IOException {
      int length = to - from;
      boolean whole = known.contains(row) && row.length() > 1 && (question || length > 1);
      if (!whole && !(question && (length > 1 || isBesideSaying(from, to)))) {
        return List.of();
      }
      List<String> bearers = new ArrayList<>();
      for (String name : known) {
        if ((' ' + name + ' ').contains(' ' + row + ' ')) {
          bearers.add(name);
        }
      }
      if (whole) {
        return bearers.size() <= MOST_BEARERS ? bearers : List.of(row);
      }
      boolean named =
          !bearers.isEmpty()
              && bearers.size() <= MOST_BEARERS
              && isNameRatherThanWord(row, bearers);
      return named ? bearers : List.of();
    }

    /** Whether words are the subject of a verb of speaking. */
    private boolean isBesideSaying(int from, int to) {
      return (to < words.size() && QuestionWords.isSaying(words.get(to)))
          || (from > 0 && QuestionWords.isSaying(words.get(from - 1)));
    }

    private boolean isNameRatherThanWord(String row, List<String> bearers) throws IOException {
      List<String> parts = List.of(row.split(" "));
      index.lookUp(parts);
      int said = Integer.MAX_VALUE;
      for (String part : parts) {
        said = Math.min(said, index.frequency(part));
      }
      return said < index.count(new SpokenQuery.AnyTerm(SPEAKER, bearers));
    }
  }

  private static String withoutS(String words) {
    return words.endsWith("s") ? words.substring(0, words.length() - 1) : words;
  }
}

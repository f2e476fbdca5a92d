package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * The speakers that a query calls by name: "what did <em>ada lovelace</em> say about engines".
 *
 * <p>A name asks for what its bearer says more than for speech that holds the name. A name of a
 * single word counts only in a question, since many are words of their own: mark, will, grace.
 */
final class NamedSpeakers {
  private static final String SPEAKER = "speaker";
  private static final int LONGEST_NAME = 4;

  /** Names are looked for among so many words; a longer text names nobody in particular. */
  private static final int WORDS_LOOKED_AT = 64;

  private NamedSpeakers() {}

  /**
   * The folded names of the speakers in a text, each the longest that begins where it does.
   *
   * @param words folded words of a query; if they are nothing but a name, nobody is meant
   */
  static Set<String> in(List<String> words, IndexReader reader) throws IOException {
    int shortest = QuestionWords.anyIn(words) ? 1 : 2;
    int end = Math.min(words.size(), WORDS_LOOKED_AT);
    Set<String> names = new LinkedHashSet<>();
    for (int from = 0; from < end; from++) {
      for (int to = Math.min(end, from + LONGEST_NAME); to - from >= shortest; to--) {
        String name = String.join(" ", words.subList(from, to));
        if (name.length() > 1
            && to - from < words.size()
            && reader.docFreq(new Term(SPEAKER, name)) > 0) {
          names.add(name);
          from = to - 1;
          break;
        }
      }
    }
    return names;
  }

  /** Matches what a speaker says. */
  static Term saidBy(String name) {
    return new Term(SPEAKER, name);
  }
}

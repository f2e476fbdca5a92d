package dev.earmark.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/**
 * The function words of a language: articles, pronouns, prepositions, auxiliary verbs.
 *
 * <p>The lists are those of the Snowball project, or else of the language's analyzer, as Lucene
 * ships them, folded like {@link Words}. A language without a list has none. Stateless and
 * thread-safe.
 */
public final class FunctionWords {
  /** The Snowball project's, by language. */
  private static final Map<String, String> SNOWBALL =
      Map.ofEntries(
          Map.entry("en", "english"),
          Map.entry("de", "german"),
          Map.entry("fr", "french"),
          Map.entry("es", "spanish"),
          Map.entry("pt", "portuguese"),
          Map.entry("it", "italian"),
          Map.entry("nl", "dutch"),
          Map.entry("ru", "russian"),
          Map.entry("sv", "swedish"),
          Map.entry("da", "danish"),
          Map.entry("no", "norwegian"),
          Map.entry("nb", "norwegian"),
          Map.entry("fi", "finnish"),
          Map.entry("hu", "hungarian"),
          Map.entry("ga", "irish"),
          Map.entry("id", "indonesian"));

  /** The languages whose lists stand beside their analyzers. */
  private static final Set<String> OF_ANALYZERS =
      Set.of(
          "ar", "bg", "ca", "cs", "el", "eu", "fa", "gl", "hi", "hy", "lt", "lv", "ro", "sr", "tr");

  /** Said and typed in English as often as those of the list, which is of written text. */
  private static final Set<String> SPOKEN_ENGLISH =
      Set.of(
          "im",
          "ive",
          "ill",
          "id",
          "youre",
          "youve",
          "youll",
          "youd",
          "hes",
          "shes",
          "its",
          "were",
          "weve",
          "wed",
          "theyre",
          "theyve",
          "theyll",
          "theyd",
          "thats",
          "theres",
          "heres",
          "whats",
          "whos",
          "wheres",
          "isnt",
          "arent",
          "wasnt",
          "werent",
          "hasnt",
          "havent",
          "hadnt",
          "doesnt",
          "dont",
          "didnt",
          "wont",
          "wouldnt",
          "shouldnt",
          "couldnt",
          "cant",
          "cannot",
          "mustnt",
          "lets",
          "can",
          "will",
          "just",
          "also",
          "us",
          "may",
          "might",
          "shall",
          "must",
          "s",
          "t");

  private static final Map<String, Set<String>> BY_LANGUAGE = new ConcurrentHashMap<>();

  private FunctionWords() {}

  /**
   * The function words of a language, folded; empty if there is no list.
   *
   * @param language a BCP 47 tag; only its first part counts
   */
  public static Set<String> of(String language) {
    return BY_LANGUAGE.computeIfAbsent(Stemmer.primary(language), FunctionWords::read);
  }

  /**
   * The function words that count among the words of a short text.
   *
   * @param words folded
   * @param languages those it may be in, the likeliest first; the one that has most of the words
   *     among its function words is taken for the language of the text
   */
  public static Set<String> in(Collection<String> words, List<String> languages) {
    Set<String> best = Set.of();
    for (String language : languages) {
      Set<String> found = new HashSet<>(words);
      found.retainAll(of(language));
      best = found.size() > best.size() ? found : best;
    }
    return best;
  }

  private static Set<String> read(String language) {
    boolean isSnowball = SNOWBALL.containsKey(language);
    if (!isSnowball && !OF_ANALYZERS.contains(language)) {
      return Set.of();
    }
    Set<String> folded = new HashSet<>(language.equals("en") ? SPOKEN_ENGLISH : Set.of());
    String name =
        isSnowball
            ? SNOWBALL.get(language) + "_stop.txt"
            : "/org/apache/lucene/analysis/%s/stopwords.txt"
                .formatted(language.equals("cs") ? "cz" : language);
    try (InputStream from = SnowballFilter.class.getResourceAsStream(name)) {
      if (from == null) {
        throw new IllegalStateException("Lucene's list of words " + name + " is missing");
      }
      Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8);
      CharArraySet words =
          isSnowball
              ? WordlistLoader.getSnowballWordSet(reader)
              : WordlistLoader.getWordSet(reader, "#");
      for (Object word : words) {
        Words one = Words.of(new String((char[]) word));
        if (one.count() == 1) {
          folded.add(one.folded(0));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Lucene's list of words " + name + " cannot be read", e);
    }
    return Set.copyOf(folded);
  }
}

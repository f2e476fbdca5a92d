package dev.earmark.index.lucene;

import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text: for each word its folded form and, where it differs, its stem.
 *
 * <p>Both stand at the word's position, the <em>n</em>-th word at position <em>n</em>. Nothing is
 * dropped, so that a phrase of small words can be found. A stem is marked and carries its language:
 * {@code geniuses} in an English text gives {@code geniuses} and {@code ␁en:genius}. So "the exact
 * word", "any form of the word" and "which language" can all be asked of one field, and a word that
 * is its own stem costs nothing extra. What was heard where a word was set right stands there too.
 *
 * <p>Lucene consumes a stream while it indexes a document; {@link #reset(String, String, List)}
 * makes it ready for the next. Not thread-safe.
 */
final class SpokenTokenStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);
  private final java.util.Map<String, Stemmer> stemmers = new java.util.HashMap<>();

  private Words words = Words.of("");
  private @Nullable Stemmer stemmer;
  private String language = "";
  private int next;
  private final ArrayDeque<String> pending = new ArrayDeque<>();
  private List<List<String>> beside = List.of();

  /** Sets the text that the stream gives next, words and stems. */
  void reset(String text, String newLanguage, List<List<String>> heard) {
    reset(text);
    beside = heard;
    language = Stemmer.primary(newLanguage);
    stemmer = stemmers.computeIfAbsent(language, Stemmer::forLanguage);
  }

  /** Sets the text that the stream gives next, words alone. */
  void reset(String text) {
    words = Words.of(text);
    beside = List.of();
    stemmer = null;
    reset();
  }

  @Override
  public void reset() {
    next = 0;
    pending.clear();
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    String more = pending.poll();
    if (more != null) {
      term.setEmpty().append(more);
      increment.setPositionIncrement(0);
      return true;
    }
    if (next == words.count()) {
      return false;
    }
    String folded = SpokenTerms.bounded(words.folded(next));
    term.setEmpty().append(folded);
    addStem(folded);
    if (!beside.isEmpty()) {
      for (String heard : beside.get(next)) {
        if (!heard.equals(folded)) {
          pending.add(heard);
          addStem(heard);
        }
      }
    }
    next++;
    return true;
  }

  private void addStem(String folded) {
    if (stemmer != null && SpokenTerms.isWord(folded)) {
      String stem = stemmer.stem(folded);
      if (!stem.equals(folded)) {
        pending.add(SpokenTerms.stemTerm(language, stem));
      }
    }
  }
}

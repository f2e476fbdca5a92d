package dev.earmark.index.lucene;

import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
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
 * is its own stem costs nothing extra.
 *
 * <p>Lucene consumes a stream while it indexes a document; {@link #reset(String, String)} makes it
 * ready for the next. Not thread-safe.
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
  private String pendingStem = "";

  /** Sets the text that the stream gives next, words and stems. */
  void reset(String text, String newLanguage) {
    reset(text);
    language = Stemmer.primary(newLanguage);
    stemmer = stemmers.computeIfAbsent(language, Stemmer::forLanguage);
  }

  /** Sets the text that the stream gives next, words alone. */
  void reset(String text) {
    words = Words.of(text);
    stemmer = null;
    reset();
  }

  @Override
  public void reset() {
    next = 0;
    pendingStem = "";
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (!pendingStem.isEmpty()) {
      term.setEmpty().append(pendingStem);
      increment.setPositionIncrement(0);
      pendingStem = "";
      return true;
    }
    if (next == words.count()) {
      return false;
    }
    String folded = words.folded(next++);
    if (folded.length() > SpokenTerms.LONGEST_WORD) {
      folded = folded.substring(0, SpokenTerms.LONGEST_WORD);
    }
    term.setEmpty().append(folded);
    if (stemmer != null) {
      String stem = stemmer.stem(folded);
      if (!stem.equals(folded)) {
        pendingStem = SpokenTerms.stemTerm(language, stem);
      }
    }
    return true;
  }
}

package dev.earmark.index.lucene;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.Field;
import org.apache.lucene.index.IndexableFieldType;
import org.jspecify.annotations.Nullable;

/**
 * A text whose words are given to the index by a stream that many texts share.
 *
 * <p>The stream is set to the text when the index asks for its words, which it does a field after
 * the other; so fields that share one must be indexed by one thread. That saves a stream a field,
 * and lets the stream remember the stems of the words it has seen.
 */
final class SpokenField extends Field {
  private final String text;
  private final @Nullable String language;
  private final List<List<String>> heard;
  private final SpokenTokenStream words;

  /**
   * @param heard what stands beside each word, as {@link dev.earmark.schema.HeardAs} has it
   * @param language of the stems that stand beside the words; null for words alone
   */
  SpokenField(
      String name,
      String text,
      @Nullable String language,
      List<List<String>> heard,
      SpokenTokenStream words,
      IndexableFieldType type) {
    super(name, text, type);
    this.text = text;
    this.language = language;
    this.heard = heard;
    this.words = words;
  }

  @Override
  public TokenStream tokenStream(Analyzer analyzer, @Nullable TokenStream reuse) {
    if (language == null) {
      words.reset(text);
    } else {
      words.reset(text, language, heard);
    }
    return words;
  }
}

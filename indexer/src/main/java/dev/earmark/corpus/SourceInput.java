package dev.earmark.corpus;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source of an episode before it is read.
 *
 * @param places where it can be had, the best first: the first that can be read is the source, such
 *     as one of several transcripts of a feed's item; never empty
 * @param format the id of the format that somebody says it is in; null to tell it by the content
 * @param language the BCP 47 tag of the language that somebody says it is in; null if nobody does
 * @param encoding of its text, if somebody says it; null to find it out
 */
public record SourceInput(
    List<SourceRef> places,
    @Nullable String format,
    @Nullable String language,
    @Nullable Charset encoding) {
  public SourceInput {
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a source must have a place");
    }
  }

  /** A source of whose encoding nothing is said. */
  public SourceInput(List<SourceRef> places, @Nullable String format, @Nullable String language) {
    this(places, format, language, null);
  }

  /** The source, in this encoding if none is said of it. */
  SourceInput in(@Nullable Charset inherited) {
    return encoding != null || inherited == null
        ? this
        : new SourceInput(places, format, language, inherited);
  }

  /** A file whose format is told by its content. */
  static SourceInput file(Path path) {
    return file(path, null);
  }

  static SourceInput file(Path path, @Nullable String format) {
    String name = path.getFileName().toString();
    String language = PathFacts.language(name, CorpusScanner.stem(path));
    return new SourceInput(List.of(new SourceRef.LocalFile(path)), format, language);
  }
}

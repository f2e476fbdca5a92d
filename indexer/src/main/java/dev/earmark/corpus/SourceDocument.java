package dev.earmark.corpus;

import dev.earmark.model.Moment;
import java.util.List;

/**
 * One document about an episode, read into moments.
 *
 * @param name its file name; unique within the episode
 * @param format the id of the format it was read as
 * @param language a BCP 47 tag; {@code und} if it could not be told
 * @param moments in the order of the source
 */
public record SourceDocument(String name, String format, String language, List<Moment> moments) {
  public SourceDocument {
    moments = List.copyOf(moments);
  }

  /** The document with other moments. */
  public SourceDocument withMoments(List<Moment> others) {
    return new SourceDocument(name, format, language, others);
  }
}

package dev.earmark.index;

import dev.earmark.model.Moment;
import org.jspecify.annotations.Nullable;

/**
 * A moment read from an index.
 *
 * @param episodeId the episode it belongs to
 * @param source the name of the document it comes from
 * @param format the id of the document's format
 * @param language the language of the document
 * @param ordinal its number within the episode
 * @param position the number of its first word within the episode
 * @param person the value of the speaker's facet; null if nobody says it
 * @param moment the moment itself
 */
public record StoredMoment(
    String episodeId,
    String source,
    String format,
    String language,
    int ordinal,
    long position,
    @Nullable String person,
    Moment moment) {

  /** Names the moment in the API; the same as {@link dev.earmark.schema.IndexedMoment#id()}. */
  public String id() {
    return episodeId + ":" + source + ":" + ordinal;
  }
}

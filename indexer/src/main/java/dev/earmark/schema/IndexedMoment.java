package dev.earmark.schema;

import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A moment in its place: all that a field's value may depend on.
 *
 * @param episode the recording
 * @param source the name of the document it comes from
 * @param format the id of the format the document is in
 * @param language of the document, a BCP 47 tag
 * @param ordinal its number among the moments of the episode, from 0
 * @param position the number of its first word among the words of the episode, counted so that
 *     words that follow each other in speech have numbers that do, and no others
 * @param chapters the titles of the chapters it lies in that other documents tell of
 * @param aside whether it is a recogniser's loop or an advertisement
 * @param person who says it, as the whole index knows them; null if nobody does
 * @param moment the moment itself
 */
public record IndexedMoment(
    Episode episode,
    String source,
    String format,
    String language,
    int ordinal,
    long position,
    List<String> chapters,
    boolean aside,
    @Nullable Person person,
    Moment moment) {

  /** A moment with nothing known of what stands beside it. */
  public IndexedMoment(
      Episode episode,
      String source,
      String format,
      String language,
      int ordinal,
      long position,
      Moment moment) {
    this(
        episode,
        source,
        format,
        language,
        ordinal,
        position,
        List.of(),
        false,
        moment.speaker() == null ? null : Person.named(moment.speaker()),
        moment);
  }

  /** Names the moment in the index and the API: {@code episode:source:ordinal}. */
  public String id() {
    return episode.id() + ":" + source + ":" + ordinal;
  }
}

package dev.earmark.search;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A completion of what somebody is typing.
 *
 * @param text the text to show
 * @param type what it is
 * @param count how many moments it stands for
 * @param query the query to run; null if it is a place to go to
 * @param episodeId the episode to go to, or null
 * @param atMs the position in the episode, in milliseconds; null for its start or for a query
 */
public record Suggestion(
    String text,
    Type type,
    int count,
    @Nullable String query,
    @Nullable String episodeId,
    @Nullable Long atMs) {

  /** What is suggested, the most telling first. */
  public enum Type {
    SPEAKER,
    SHOW,
    WORD,
    TOPIC,
    EPISODE,
    CHAPTER,
    PHRASE;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A query to run. */
  public static Suggestion query(String text, Type type, int count, String query) {
    return new Suggestion(text, type, count, query, null, null);
  }

  /** An episode to go to. */
  public static Suggestion of(EpisodeEntry entry) {
    Episode episode = entry.episode();
    return new Suggestion(episode.title(), Type.EPISODE, entry.moments(), null, episode.id(), null);
  }

  /** A chapter to go to. */
  public static Suggestion of(StoredMoment chapter) {
    String title = chapter.moment().title();
    return new Suggestion(
        title == null ? chapter.moment().text() : title,
        Type.CHAPTER,
        1,
        null,
        chapter.episodeId(),
        chapter.moment().anchor().span().map(TimeSpan::startMs).orElse(null));
  }
}

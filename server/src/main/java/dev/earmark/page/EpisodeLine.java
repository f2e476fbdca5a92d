package dev.earmark.page;

import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import org.jspecify.annotations.Nullable;

/**
 * An episode in a line.
 *
 * @param place its season and number, such as {@code Season 2, episode 5}; null if it has none
 * @param date as people read it; null if not known
 * @param day as machines read it: {@code 2026-02-13}
 * @param duration such as {@code 2:22:20}; null if not known
 * @param page its address
 * @param picture its own, else that of its show; null if there is none
 */
public record EpisodeLine(
    String title,
    @Nullable String show,
    @Nullable String place,
    @Nullable String date,
    @Nullable String day,
    @Nullable String duration,
    String page,
    @Nullable Artwork picture) {

  static EpisodeLine of(Episode episode, String query) {
    return new EpisodeLine(
        episode.title(),
        episode.show(),
        place(episode),
        episode.date() == null ? null : Labels.date(episode.date()),
        episode.date() == null ? null : episode.date().toString(),
        episode.durationMs() == null ? null : Labels.duration(episode.durationMs()),
        DeepLink.page(episode.id(), null, query),
        episode.picture());
  }

  /** This, without the picture if it is one that the page shows already. */
  EpisodeLine beside(@Nullable Artwork shown) {
    return shown == null || !shown.equals(picture)
        ? this
        : new EpisodeLine(title, show, place, date, day, duration, page, null);
  }

  private static @Nullable String place(Episode episode) {
    String number = episode.number() == null ? "" : "episode " + episode.number();
    if (episode.season() != null) {
      return "Season " + episode.season() + (number.isEmpty() ? "" : ", " + number);
    }
    return number.isEmpty() ? null : "Episode " + episode.number();
  }
}

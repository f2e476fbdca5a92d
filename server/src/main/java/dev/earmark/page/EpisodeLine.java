package dev.earmark.page;

import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** This, on the page of its show: without the show, and without the picture that it shows. */
  EpisodeLine ofShow(@Nullable Artwork shown) {
    return new EpisodeLine(
        title,
        null,
        place,
        date,
        day,
        duration,
        page,
        picture == null || picture.equals(shown) ? null : picture);
  }

  /** Episodes in a list, without their pictures if these are all the same, which tells nothing. */
  static List<EpisodeLine> listed(List<EpisodeLine> episodes) {
    Set<Artwork> pictures = new HashSet<>();
    episodes.forEach(one -> pictures.add(one.picture));
    return pictures.size() > 1
        ? episodes
        : episodes.stream()
            .map(one ->
                new EpisodeLine(
                    one.title,
                    one.show,
                    one.place,
                    one.date,
                    one.day,
                    one.duration,
                    one.page,
                    null))
            .toList();
  }

  private static @Nullable String place(Episode episode) {
    String number = episode.number() == null ? "" : "episode " + episode.number();
    if (episode.season() != null) {
      return "Season " + episode.season() + (number.isEmpty() ? "" : ", " + number);
    }
    return number.isEmpty() ? null : "Episode " + episode.number();
  }
}

package dev.earmark.search;

import dev.earmark.model.Artwork;
import dev.earmark.model.Episode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A podcast or series: its episodes and who is heard in them.
 *
 * @param name as it is written
 * @param moments how many moments its episodes have
 * @param words how many words are said in them, moments of kind {@code segment} alone
 * @param episodes newest first, those without a date last
 * @param speakers who says most first, at most {@value #MOST_SPEAKERS}
 */
public record ShowProfile(
    String name, int moments, long words, List<Episode> episodes, List<Share> speakers) {

  private static final int MOST_SPEAKERS = 100;

  /**
   * How much somebody says in a show.
   *
   * @param words how many of its words are theirs
   */
  public record Share(String speaker, long words) {}

  /** The profile of a show from its episodes, of which it has one at least, and its speakers. */
  public static ShowProfile of(
      String wanted, int moments, long words, List<Episode> episodes, List<Share> speakers) {
    List<Episode> newestFirst = new ArrayList<>(episodes);
    newestFirst.sort(
        Comparator.comparing(Episode::date, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Episode::title));
    List<Share> mostFirst = new ArrayList<>(speakers);
    mostFirst.sort(Comparator.comparingLong(Share::words).reversed().thenComparing(Share::speaker));
    String name = newestFirst.getFirst().show();
    return new ShowProfile(
        name == null ? wanted : name,
        moments,
        words,
        newestFirst,
        mostFirst.subList(0, Math.min(MOST_SPEAKERS, mostFirst.size())));
  }

  /** The picture of the show; null if there is none. */
  public @Nullable Artwork picture() {
    return pictureOf(episodes);
  }

  /**
   * The picture of a show: what the newest of its episodes that names one says, else what most of
   * them have for their own; null if there is none.
   *
   * @param episodes newest first
   */
  public static @Nullable Artwork pictureOf(List<Episode> episodes) {
    Map<Artwork, Integer> uses = new LinkedHashMap<>();
    for (Episode episode : episodes) {
      if (episode.showArtwork() != null) {
        return episode.showArtwork();
      }
      if (episode.artwork() != null) {
        uses.merge(episode.artwork(), 1, Integer::sum);
      }
    }
    return uses.entrySet().stream()
        .reduce((most, next) -> next.getValue() > most.getValue() ? next : most)
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  public ShowProfile {
    episodes = List.copyOf(episodes);
    speakers = List.copyOf(speakers);
  }
}

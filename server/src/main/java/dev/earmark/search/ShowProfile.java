package dev.earmark.search;

import dev.earmark.model.Episode;
import java.util.List;

/**
 * A podcast or series: its episodes and who is heard in them.
 *
 * @param name as it is written
 * @param moments how many moments its episodes have
 * @param words how many words are said in them, moments of kind {@code segment} alone
 * @param episodes newest first, those without a date last
 * @param speakers who says most first
 */
public record ShowProfile(
    String name, int moments, long words, List<Episode> episodes, List<Share> speakers) {

  /**
   * How much somebody says in a show.
   *
   * @param words how many of its words are theirs
   */
  public record Share(String speaker, long words) {}

  public ShowProfile {
    episodes = List.copyOf(episodes);
    speakers = List.copyOf(speakers);
  }
}

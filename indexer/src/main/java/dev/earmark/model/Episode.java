package dev.earmark.model;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recording.
 *
 * @param id names the episode in addresses and the index; unique in an index
 * @param title what it is called; the id if nobody said
 * @param show the podcast, channel or series; null if not known
 * @param date when it was published or recorded; null if not known
 * @param durationMs its length; null if not known
 * @param language a BCP 47 tag such as {@code en}; null if not known
 * @param speakers who is heard, hosts first where the source says
 * @param media where it can be heard
 * @param topics what it is declared to be about
 * @param description what its makers say of it; null if nothing
 * @param number its number in the show; null if it has none
 */
public record Episode(
    String id,
    String title,
    @Nullable String show,
    @Nullable LocalDate date,
    @Nullable Long durationMs,
    @Nullable String language,
    List<Speaker> speakers,
    Media media,
    List<String> topics,
    @Nullable String description,
    @Nullable Integer number) {

  public Episode {
    speakers = List.copyOf(speakers);
    topics = List.copyOf(topics);
  }

  /** The episode with other speakers. */
  public Episode withSpeakers(List<Speaker> people) {
    return new Episode(
        id, title, show, date, durationMs, language, people, media, topics, description, number);
  }

  /** An episode without a number. */
  public Episode(
      String id,
      String title,
      @Nullable String show,
      @Nullable LocalDate date,
      @Nullable Long durationMs,
      @Nullable String language,
      List<Speaker> speakers,
      Media media,
      List<String> topics,
      @Nullable String description) {
    this(id, title, show, date, durationMs, language, speakers, media, topics, description, null);
  }
}

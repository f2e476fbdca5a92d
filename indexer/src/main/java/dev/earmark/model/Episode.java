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
 * @param season the season of the show that it is of; null if it is of none
 * @param number its number in the show or season; null if it has none
 * @param artwork its own picture; null if it has none
 * @param showArtwork the picture of its show; null if that has none
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
    @Nullable Integer season,
    @Nullable Integer number,
    @Nullable Artwork artwork,
    @Nullable Artwork showArtwork) {

  public Episode {
    speakers = List.copyOf(speakers);
    topics = List.copyOf(topics);
  }

  /** The episode with other speakers. */
  public Episode withSpeakers(List<Speaker> people) {
    return new Episode(
        id,
        title,
        show,
        date,
        durationMs,
        language,
        people,
        media,
        topics,
        description,
        season,
        number,
        artwork,
        showArtwork);
  }

  /** The episode with other pictures. */
  public Episode withArtwork(@Nullable Artwork own, @Nullable Artwork ofShow) {
    return new Episode(
        id,
        title,
        show,
        date,
        durationMs,
        language,
        speakers,
        media,
        topics,
        description,
        season,
        number,
        own,
        ofShow);
  }

  /** The picture to show beside it: its own, else that of its show; null if there is neither. */
  public @Nullable Artwork picture() {
    return artwork != null ? artwork : showArtwork;
  }

  /** An episode without season, number and pictures. */
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
    this(
        id,
        title,
        show,
        date,
        durationMs,
        language,
        speakers,
        media,
        topics,
        description,
        null,
        null,
        null,
        null);
  }
}

package dev.earmark.model;

import dev.earmark.text.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one source says of its episode: any part of it may be missing.
 *
 * <p>Manifests, front matter, caption headers and feed items all fill the same fields; {@link
 * #orElse} joins them, the more trusted source first.
 */
public record EpisodeFields(
    @Nullable String id,
    @Nullable String title,
    @Nullable String show,
    @Nullable LocalDate date,
    @Nullable Long durationMs,
    @Nullable String language,
    List<Speaker> speakers,
    Media media,
    List<String> topics,
    @Nullable String description,
    @Nullable Integer season,
    @Nullable Integer number) {

  /** Nothing said. */
  public static final EpisodeFields NONE = builder().build();

  public EpisodeFields {
    speakers = List.copyOf(speakers);
    topics = List.copyOf(topics);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * This, with what it lacks taken from the other; speakers and topics of both, this one's first.
   */
  public EpisodeFields orElse(EpisodeFields other) {
    Map<String, Speaker> people = new LinkedHashMap<>();
    for (List<Speaker> list : List.of(speakers, other.speakers)) {
      for (Speaker speaker : list) {
        people.merge(
            Words.fold(speaker.name()),
            speaker,
            (known, again) ->
                known.role() == null ? new Speaker(known.name(), again.role()) : known);
      }
    }
    LinkedHashSet<String> about = new LinkedHashSet<>(topics);
    about.addAll(other.topics);
    return new EpisodeFields(
        id != null ? id : other.id,
        title != null ? title : other.title,
        show != null ? show : other.show,
        date != null ? date : other.date,
        durationMs != null ? durationMs : other.durationMs,
        language != null ? language : other.language,
        List.copyOf(people.values()),
        media.orElse(other.media),
        List.copyOf(about),
        description != null ? description : other.description,
        season != null ? season : other.season,
        number != null ? number : other.number);
  }

  /** These fields with other speakers. */
  public EpisodeFields withSpeakers(List<Speaker> people) {
    return new EpisodeFields(
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
        number);
  }

  /** The episode these fields describe, under the given id; its title falls back to the id. */
  public Episode toEpisode(String episodeId) {
    return new Episode(
        episodeId,
        title != null ? title : episodeId,
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
        null,
        null);
  }

  /** Fills the fields one by one; null and blank values leave a field as it is. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String title;
    private @Nullable String show;
    private @Nullable LocalDate date;
    private @Nullable Long durationMs;
    private @Nullable String language;
    private final List<Speaker> speakers = new ArrayList<>();
    private Media media = Media.NONE;
    private final List<String> topics = new ArrayList<>();
    private @Nullable String description;
    private @Nullable Integer season;
    private @Nullable Integer number;

    private Builder() {}

    private static @Nullable String text(@Nullable String value, @Nullable String otherwise) {
      return value == null || value.isBlank() ? otherwise : value.strip();
    }

    public Builder id(@Nullable String value) {
      id = text(value, id);
      return this;
    }

    public Builder title(@Nullable String value) {
      title = text(value, title);
      return this;
    }

    public Builder show(@Nullable String value) {
      show = text(value, show);
      return this;
    }

    public Builder date(@Nullable LocalDate value) {
      date = value == null ? date : value;
      return this;
    }

    public Builder durationMs(@Nullable Long value) {
      durationMs = value == null || value <= 0 ? durationMs : value;
      return this;
    }

    public Builder language(@Nullable String value) {
      language = text(value, language);
      return this;
    }

    /** Adds a speaker, unless the name is blank. */
    public Builder speaker(@Nullable String name, @Nullable String role) {
      String clean = text(name, null);
      if (clean != null) {
        speakers.add(new Speaker(clean, text(role, null)));
      }
      return this;
    }

    /** Adds media; what was set before stays. */
    public Builder media(Media value) {
      media = media.orElse(value);
      return this;
    }

    /** Adds a topic, unless it is blank. */
    public Builder topic(@Nullable String topic) {
      String clean = text(topic, null);
      if (clean != null) {
        topics.add(clean);
      }
      return this;
    }

    public Builder description(@Nullable String value) {
      description = text(value, description);
      return this;
    }

    /** Sets the season of the show that the episode is of, unless it is negative. */
    public Builder season(@Nullable Integer value) {
      season = value == null || value < 0 ? season : value;
      return this;
    }

    /** Sets the number of the episode in its show or season, unless it is negative. */
    public Builder number(@Nullable Integer value) {
      number = value == null || value < 0 ? number : value;
      return this;
    }

    public EpisodeFields build() {
      return new EpisodeFields(
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
          number);
    }
  }
}

package dev.earmark.search;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is like a moment in meaning.
 *
 * @param moment the moment it is like
 * @param episode the recording that is of
 * @param hits what is like it, nearest first; empty if it was asked for by who says it or where
 * @param groups or who else says such things, or where else they are said, the nearest first
 * @param meaning what there was to compare it with
 */
public record Similar(
    StoredMoment moment,
    Episode episode,
    List<Hit> hits,
    List<Group> groups,
    SearchPage.Meaning meaning) {

  /** In what it is told. */
  public enum By {
    /** Moments, wherever they are. */
    MOMENT,
    /** Other people who speak of the same. */
    SPEAKER,
    /** Other shows in which it is spoken of. */
    SHOW;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The facet whose values it is grouped by; empty if it is not. */
    public Optional<String> facet() {
      return this == MOMENT ? Optional.empty() : Optional.of(id());
    }

    /**
     * That of this name.
     *
     * @throws BadRequestException if there is none
     */
    public static By of(String id) {
      for (By by : values()) {
        if (by.id().equals(id)) {
          return by;
        }
      }
      throw new BadRequestException(
          "group", "group must be moment, speaker or show, got \"" + id + "\"");
    }
  }

  /**
   * Somebody, or a show.
   *
   * @param name of the speaker or the show
   * @param total how many moments of theirs are like it
   * @param hits the nearest of them
   */
  public record Group(String name, int total, List<Hit> hits) {
    public Group {
      hits = List.copyOf(hits);
    }
  }

  public Similar {
    hits = List.copyOf(hits);
    groups = List.copyOf(groups);
  }
}

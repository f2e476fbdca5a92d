package dev.earmark.index;

import dev.earmark.corpus.Cast;
import dev.earmark.model.Artwork;
import dev.earmark.model.Episode;
import dev.earmark.model.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the index keeps of an episode beside its moments.
 *
 * @param episode the recording
 * @param origin the path or address it was found at
 * @param fingerprint of its content when it was indexed
 * @param sources the documents about it
 * @param alternatives transcripts that hold the same words as one of the sources
 * @param problems how many of each kind were found in them
 * @param cast who is heard, as its own sources tell
 * @param people whom the names of the cast were taken for
 */
public record EpisodeEntry(
    Episode episode,
    String origin,
    String fingerprint,
    List<Source> sources,
    List<Alternative> alternatives,
    Map<String, Integer> problems,
    Cast cast,
    Map<String, Person> people)
    implements KnownEpisode {

  /** Newest first; those without a date last, by title. */
  public static final Comparator<EpisodeEntry> NEWEST_FIRST =
      Comparator.comparing(
              (EpisodeEntry entry) -> entry.episode.date(),
              Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(entry -> entry.episode.title());

  /**
   * A document about an episode.
   *
   * @param name its file name
   * @param format the id of its format
   * @param language a BCP 47 tag
   * @param moments how many moments it gave
   * @param words how many words they have
   */
  public record Source(String name, String format, String language, int moments, long words) {}

  /**
   * A transcript that is kept to be read and exported, and is neither searched nor counted.
   *
   * @param source the document; its moments and words are not counted among those of the episode
   * @param searched the name of the source that is searched in its stead
   */
  public record Alternative(Source source, String searched) {}

  public EpisodeEntry {
    sources = List.copyOf(sources);
    // An entry of an older index has none of these.
    alternatives = List.copyOf(Objects.requireNonNullElse(alternatives, List.of()));
    cast = Objects.requireNonNullElse(cast, Cast.NOBODY);
    people = Map.copyOf(Objects.requireNonNullElse(people, Map.of()));
  }

  /** The entry of an episode in which nobody is named. */
  public EpisodeEntry(
      Episode episode,
      String origin,
      String fingerprint,
      List<Source> sources,
      Map<String, Integer> problems) {
    this(episode, origin, fingerprint, sources, List.of(), problems, Cast.NOBODY, Map.of());
  }

  /** The entry of this episode with an alternative among its sources, before the one it is of. */
  public EpisodeEntry reading(Alternative alternative) {
    List<Source> all = new ArrayList<>(sources);
    all.addFirst(alternative.source());
    return new EpisodeEntry(
        episode, origin, fingerprint, all, alternatives, problems, cast, people);
  }

  /** The entry with another fingerprint. */
  public EpisodeEntry withFingerprint(String other) {
    return new EpisodeEntry(episode, origin, other, sources, alternatives, problems, cast, people);
  }

  @Override
  public Set<String> pictures() {
    return Stream.of(
            Optional.ofNullable(episode.artwork()), Optional.ofNullable(episode.showArtwork()))
        .flatMap(Optional::stream)
        .map(Artwork::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How many moments the episode has. */
  public int moments() {
    return sources.stream().mapToInt(Source::moments).sum();
  }

  /** How many words its moments have. */
  public long words() {
    return sources.stream().mapToLong(Source::words).sum();
  }
}

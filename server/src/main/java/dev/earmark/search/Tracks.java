package dev.earmark.search;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transcripts of an episode by the names of their documents: those that are searched, and the
 * alternatives that are kept to be read. Stateless.
 */
public final class Tracks {
  private Tracks() {}

  /**
   * The moments of one document.
   *
   * @param track its name; null for all that are searched
   * @throws BadRequestException if the episode has no such document
   */
  public static List<StoredMoment> of(
      SearchEngine engine, EpisodeEntry entry, @Nullable String track) throws IOException {
    String id = entry.episode().id();
    if (track == null) {
      return engine.moments(id);
    }
    boolean kept = alternative(entry, track).isPresent();
    return (kept ? engine.alternatives(id) : engine.moments(id))
        .stream().filter(stored -> stored.source().equals(track)).toList();
  }

  /** Whether a moment is what an alternative is read instead of. */
  public static boolean isSpeech(StoredMoment stored) {
    return stored.moment().kind() == Kind.SEGMENT;
  }

  /**
   * The alternative of this name; empty if it names a document that is searched.
   *
   * @throws BadRequestException if the episode has no such document
   */
  public static Optional<EpisodeEntry.Alternative> alternative(EpisodeEntry entry, String track) {
    Set<String> names = new LinkedHashSet<>();
    for (EpisodeEntry.Alternative one : entry.alternatives()) {
      if (one.source().name().equals(track)) {
        return Optional.of(one);
      }
      names.add(one.source().name());
    }
    entry.sources().forEach(source -> names.add(source.name()));
    if (!names.contains(track)) {
      throw new BadRequestException(
          "track",
          "\""
              + entry.episode().id()
              + "\" has no transcript \""
              + track
              + "\"; it has "
              + String.join(", ", names));
    }
    return Optional.empty();
  }
}

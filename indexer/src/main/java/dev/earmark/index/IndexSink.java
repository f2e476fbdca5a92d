package dev.earmark.index;

import dev.earmark.schema.IndexedMoment;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An index open for writing.
 *
 * <p>An episode is replaced as a whole: a reader sees all of its old moments or all of its new
 * ones. What was replaced or removed counts from the next {@link #commit}; closing without one
 * gives it up. {@link #replace} and {@link #remove} may be called from several threads at once.
 * Where the index cannot be written, an {@link IndexException} says why; what was committed before
 * stays whole.
 */
public interface IndexSink extends AutoCloseable {

  /** The episodes in the index when it was opened, by id. */
  Map<String, ? extends KnownEpisode> known();

  /** Puts an episode in the place of what the index holds under its id. */
  void replace(EpisodeEntry entry, List<IndexedMoment> moments) throws IOException;

  /** Takes an episode out. */
  void remove(String episodeId) throws IOException;

  /** Makes all changes so far lasting and visible, in one step. */
  void commit() throws IOException;

  /** {@link #commit} at the end of a run, when the index holds all that the run has for it. */
  default void finish() throws IOException {
    commit();
  }

  @Override
  void close() throws IOException;
}

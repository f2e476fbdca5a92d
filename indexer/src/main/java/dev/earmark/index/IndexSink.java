package dev.earmark.index;

import dev.earmark.corpus.Thumbnail;
import dev.earmark.schema.IndexedMoment;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * An index opened for writing.
 *
 * <p>Episodes are replaced as a whole: readers see all old moments or all new ones. Changes become
 * visible with {@link #commit}; closing without one discards them. {@link #replace} and {@link
 * #remove} may be called from several threads. If the index cannot be written, an {@link
 * IndexException} says why, and what was committed stays intact.
 */
public interface IndexSink extends AutoCloseable {

  /**
   * The episodes in the index when it was opened, by id. May be read from there as it is asked, so
   * each question may take time; some that were written since may be among them.
   */
  Map<String, ? extends KnownEpisode> known();

  /** Tells that some episodes are looked for among the {@linkplain #known known} next: a hint. */
  default void lookUp(Collection<String> ids) {}

  /**
   * Puts an episode in the place of what the index holds under its id.
   *
   * @param moments what is searched and counted
   * @param alternatives what is kept beside it to be read
   */
  void replace(EpisodeEntry entry, List<IndexedMoment> moments, List<IndexedMoment> alternatives)
      throws IOException;

  /** Puts an episode without alternatives in the place of what the index holds under its id. */
  default void replace(EpisodeEntry entry, List<IndexedMoment> moments) throws IOException {
    replace(entry, moments, List.of());
  }

  /**
   * Keeps a picture, which an episode that is put here afterwards names. Pictures that no episode
   * names are dropped at the {@linkplain #finish end of a run}. May be called from several threads,
   * and again for the same picture.
   */
  void keep(Thumbnail picture) throws IOException;

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

package dev.earmark.bench;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Cue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Something that answers searches over the input of the bench. Thread-safe. */
interface Contender extends AutoCloseable {
  /**
   * Gives the best twenty hits with their texts, and counts all.
   *
   * @return how many there are
   */
  long search(Ask ask) throws IOException;

  @Override
  void close() throws IOException;

  /** Opens what was indexed, with nothing in memory of what was there before. */
  interface Opening {
    Contender open() throws IOException;
  }

  /**
   * What is indexed at a time, some episodes of it.
   *
   * @param moments as Earmark has them
   * @param captions as the files give them, by episode; only one of the two is read
   */
  record Batch(List<StoredMoment> moments, Map<String, List<Cue>> captions) {}

  /** An index that is being made. */
  interface Filling extends AutoCloseable {
    void add(Batch batch) throws IOException;

    /** Makes all that was added lasting. */
    void commit() throws IOException;

    @Override
    void close() throws IOException;
  }
}

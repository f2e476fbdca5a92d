package dev.earmark.search;

import dev.earmark.index.IndexSink;
import java.io.IOException;
import java.util.List;

/** An index that lies in a cluster rather than in a folder. */
public interface ClusterIndex {

  /** What the index is called there. */
  String name();

  /**
   * Opens it for writing, and makes it if there is none.
   *
   * @throws dev.earmark.index.IndexException if nobody answers, or it cannot be written
   */
  IndexSink openForWriting() throws IOException;

  /**
   * Opens it for reading.
   *
   * @throws dev.earmark.index.IndexException if there is none, or it cannot be read
   */
  SearchEngine openForReading() throws IOException;

  /**
   * Verifies that every episode is there whole and once.
   *
   * @throws dev.earmark.index.IndexException if there is no index, or a part of it is missing
   */
  Checked check() throws IOException;

  /**
   * What was found by a check.
   *
   * @param episodes how many there are
   * @param moments how many there are of them
   * @param faults what is wrong, bounded; empty if the index is sound
   */
  record Checked(int episodes, long moments, List<String> faults) {
    public Checked {
      faults = List.copyOf(faults);
    }
  }
}

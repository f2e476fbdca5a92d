package dev.earmark.bench;

import java.io.IOException;

/** Something that answers searches over the input of the bench. */
interface Contender extends AutoCloseable {
  /**
   * Gives the best twenty hits with their texts, and counts all.
   *
   * @return how many there are
   */
  long search(Ask ask) throws IOException;

  @Override
  void close() throws IOException;
}

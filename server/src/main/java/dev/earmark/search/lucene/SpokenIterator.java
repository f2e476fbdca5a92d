package dev.earmark.search.lucene;

import java.io.IOException;

/** Iterates over the moments in which something begins, with its frequency in each. */
abstract class SpokenIterator extends MomentIterator {
  SpokenIterator(long cost) {
    super(cost);
  }

  /** How often it begins in the current moment. */
  abstract float frequency() throws IOException;
}

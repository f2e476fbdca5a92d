package dev.earmark.search.lucene;

import java.io.IOException;

/** Moments in which something said begins, each with how often it does. */
abstract class SpokenIterator extends MomentIterator {
  SpokenIterator(long cost) {
    super(cost);
  }

  /** How often it begins in the current moment. */
  abstract float frequency() throws IOException;
}

package dev.earmark.search.lucene;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;

/** Moments in which something said begins, each with how often it does. */
abstract class SpokenIterator extends DocIdSetIterator {
  /** How often it begins in the current moment. */
  abstract float frequency() throws IOException;
}

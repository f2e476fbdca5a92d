package dev.earmark.search.lucene;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;

/** An iterator over moments, in index order. */
abstract class MomentIterator extends DocIdSetIterator {
  private final long cost;

  /** The current moment; set by {@link #advance}. */
  protected int document = -1;

  /**
   * @param cost about how many moments there may be
   */
  MomentIterator(long cost) {
    this.cost = cost;
  }

  @Override
  public final int docID() {
    return document;
  }

  @Override
  public final int nextDoc() throws IOException {
    return advance(document + 1);
  }

  @Override
  public final long cost() {
    return cost;
  }
}

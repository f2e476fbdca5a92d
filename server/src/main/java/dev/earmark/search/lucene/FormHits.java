package dev.earmark.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.VectorUtil;

/**
 * Iterates over the moments that have one form of a word.
 *
 * <p>Reads postings a block at a time, since asking for those of one episode costs about as much as
 * decoding the block. Not thread-safe.
 */
final class FormHits {
  private final int word;
  private final float weight;
  private final PostingsEnum postings;
  private final DocAndFloatFeatureBuffer block = new DocAndFloatFeatureBuffer();
  private int at;

  /**
   * @param word which of the words of its group it is a form of
   * @param weight what an occurrence counts
   */
  FormHits(int word, float weight, PostingsEnum postings) {
    this.word = word;
    this.weight = weight;
    this.postings = postings;
  }

  /** Goes on to the first hit from a document on, and gives it. */
  int advance(int document) throws IOException {
    if (at == block.size || block.docs[block.size - 1] < document) {
      if (postings.docID() < document) {
        postings.advance(document);
      }
      postings.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block);
      at = 0;
      return block.size == 0 ? DocIdSetIterator.NO_MORE_DOCS : block.docs[0];
    }
    if (block.docs[at] < document) {
      at = VectorUtil.findNextGEQ(block.docs, document, at, block.size);
    }
    return block.docs[at];
  }

  /** Adds those of the episode that fills the documents from one to before another. */
  void addTo(EpisodeHits hits, int start, int end) throws IOException {
    while (advance(start) < end) {
      at = hits.add(word, weight, block, at);
      if (at < block.size) {
        return;
      }
    }
  }
}

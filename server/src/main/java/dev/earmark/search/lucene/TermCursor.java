package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The occurrences of one term, each with the number of its word, forward only.
 *
 * <p>Not thread-safe.
 */
final class TermCursor {
  /** The clock is looked at every so many occurrences. */
  private static final int STEPS = 1 << 12;

  private final PostingsEnum postings;
  private final Deadline deadline;
  private final WordNumbers numbers;
  private final long cost;
  private int left;
  private int steps;
  private long word = -1;

  TermCursor(PostingsEnum postings, LeafReader reader, Deadline deadline) throws IOException {
    this.deadline = deadline;
    this.postings = postings;
    this.numbers = new WordNumbers(reader);
    this.cost = postings.cost();
  }

  long cost() {
    return cost;
  }

  /** The document of the current occurrence. */
  int document() {
    return postings.docID();
  }

  /** The number of the current occurrence's word. */
  long word() {
    return word;
  }

  /** The first document of the current occurrence's episode. */
  int episodeStart() {
    return numbers.episodeStart();
  }

  /** Whether there are no more occurrences. */
  boolean ended() {
    return postings.docID() == DocIdSetIterator.NO_MORE_DOCS;
  }

  /** Goes to the next occurrence; false if there is none. */
  boolean next() throws IOException {
    if (++steps % STEPS == 0) {
      deadline.check();
    }
    if (left == 0
        && (postings.docID() == DocIdSetIterator.NO_MORE_DOCS || !enter(postings.nextDoc()))) {
      return false;
    }
    left--;
    word = numbers.first() + postings.nextPosition();
    return true;
  }

  /** Goes to the first occurrence in this document or a later one; stays if it is there already. */
  boolean nextFrom(int document) throws IOException {
    if (postings.docID() >= document) {
      return postings.docID() != DocIdSetIterator.NO_MORE_DOCS;
    }
    if (!enter(postings.advance(document))) {
      return false;
    }
    return next();
  }

  private boolean enter(int document) throws IOException {
    int at = document;
    while (at != DocIdSetIterator.NO_MORE_DOCS) {
      if (numbers.moveTo(at)) {
        left = postings.freq();
        return true;
      }
      at = postings.nextDoc();
    }
    left = 0;
    return false;
  }

  /**
   * Goes forward to the first occurrence at or after a word of an episode.
   *
   * @param fromDocument a document of the episode at or before the one that holds the word
   * @param episode the first document of the episode
   * @return whether it is that very word; if not, the cursor stands at a later one of the episode,
   *     or in a later episode, or at its end
   */
  boolean reach(int fromDocument, int episode, long target) throws IOException {
    if (!nextFrom(fromDocument)) {
      return false;
    }
    while (numbers.episodeStart() == episode && word < target) {
      if (!next()) {
        return false;
      }
    }
    return numbers.episodeStart() == episode && word == target;
  }
}

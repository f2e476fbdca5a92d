package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * Iterates over the occurrences of a term and the word number of each.
 *
 * <p>Moves by document first; positions are decoded on demand. Not thread-safe.
 */
final class TermCursor {
  private final PostingsEnum postings;
  private final Deadline deadline;
  private final MomentColumns columns;
  private final long cost;

  private static final int UNKNOWN = -1;

  /**
   * How many occurrences of the current document have not been gone to; {@value #UNKNOWN} before
   * the first, since most documents are only passed.
   */
  private int left;

  private int document = -1;
  private int episodeStart = -1;
  private long word = -1;

  TermCursor(PostingsEnum postings, MomentColumns columns, Deadline deadline) {
    this.postings = postings;
    this.columns = columns;
    this.deadline = deadline;
    this.cost = postings.cost();
  }

  long cost() {
    return cost;
  }

  /** The document of the current occurrence. */
  int document() {
    return document;
  }

  /** The number of the current occurrence's word. */
  long word() {
    return word;
  }

  /** The first document of the current occurrence's episode. */
  int episodeStart() {
    return episodeStart;
  }

  /** Whether there are no more occurrences. */
  boolean ended() {
    return document == DocIdSetIterator.NO_MORE_DOCS;
  }

  /** Goes to the next occurrence; false if there is none. */
  boolean next() throws IOException {
    if (left() == 0 && (ended() || !enter(postings.nextDoc()))) {
      return false;
    }
    read();
    return true;
  }

  private int left() throws IOException {
    if (left == UNKNOWN) {
      left = postings.freq();
    }
    return left;
  }

  /** Goes to the next occurrence in the current document; false if there is none. */
  boolean nextInDocument() throws IOException {
    if (left() == 0) {
      return false;
    }
    read();
    return true;
  }

  private void read() throws IOException {
    deadline.step();
    left = left() - 1;
    word = columns.firstWord(document) + postings.nextPosition();
  }

  /** Goes to the first occurrence in this document or a later one; stays if it is there already. */
  boolean nextFrom(int from) throws IOException {
    if (document >= from) {
      if (word < 0 && !ended()) {
        read();
      }
      return !ended();
    }
    deadline.step();
    if (!enter(postings.advance(from))) {
      return false;
    }
    read();
    return true;
  }

  /**
   * Goes before the first occurrence in this document or a later one; stays if it is in such a
   * document already.
   *
   * @return the document, or {@link DocIdSetIterator#NO_MORE_DOCS}
   */
  int enterFrom(int from) throws IOException {
    if (document < from) {
      deadline.step();
      var unused = enter(postings.advance(from));
    }
    return document;
  }

  private boolean enter(int at) throws IOException {
    document = at;
    word = -1;
    if (at == DocIdSetIterator.NO_MORE_DOCS) {
      left = 0;
      return false;
    }
    left = UNKNOWN;
    episodeStart = columns.episode(at);
    return true;
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
    while (episodeStart == episode && word < target) {
      if (!next()) {
        return false;
      }
    }
    return episodeStart == episode && word == target;
  }
}

package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.List;

/** The moments in which words in a row begin; see {@link SpokenPhraseQuery}. Not thread-safe. */
final class PhraseIterator extends SpokenIterator {
  private final List<TermCursor> cursors;
  private final WordNumbers following;
  private final long cost;
  private final int leadIndex;
  private final TermCursor lead;

  private int document = -1;
  private int frequency;

  /** The document of a match that was found but not yet given; -1 if there is none. */
  private int pending = -1;

  /** Whether the lead stands at an occurrence that was not yet looked at. */
  private boolean unexamined;

  /** The document that holds the first word of the phrase tried last; only goes forward. */
  private int startDocument = -1;

  /**
   * The number of the first word of the document after it; beyond all if that is another episode.
   */
  private long followingFirst;

  PhraseIterator(List<TermCursor> cursors, WordNumbers following, long cost) {
    this.cursors = cursors;
    this.following = following;
    this.cost = cost;
    int rarest = 0;
    for (int i = 1; i < cursors.size(); i++) {
      if (cursors.get(i).cost() < cursors.get(rarest).cost()) {
        rarest = i;
      }
    }
    leadIndex = rarest;
    lead = cursors.get(rarest);
  }

  @Override
  float frequency() {
    return frequency;
  }

  @Override
  public int docID() {
    return document;
  }

  @Override
  public int nextDoc() throws IOException {
    return advance(document + 1);
  }

  @Override
  public int advance(int target) throws IOException {
    while (pending < target) {
      // The lead's word never lies before the document in which the phrase begins.
      boolean behind = lead.document() < target;
      if (!(behind ? lead.nextFrom(target) : unexamined || lead.next())) {
        return document = NO_MORE_DOCS;
      }
      unexamined = false;
      pending = matchesAtLead() ? startDocument : -1;
    }
    document = pending;
    pending = -1;
    countOthersIn(document);
    return document;
  }

  private void countOthersIn(int start) throws IOException {
    frequency = 1;
    while (lead.next()) {
      if (lead.document() - leadIndex > start) {
        unexamined = true;
        return;
      }
      if (matchesAtLead()) {
        if (startDocument != start) {
          pending = startDocument;
          return;
        }
        frequency++;
      }
    }
  }

  private boolean matchesAtLead() throws IOException {
    long first = lead.word() - leadIndex;
    int episode = lead.episodeStart();
    moveStart(first, episode);
    for (int i = 0; i < cursors.size(); i++) {
      if (i != leadIndex && !cursors.get(i).reach(startDocument, episode, first + i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Moves to the document that holds a word before or at the lead's. Every document of a running
   * text has a word, so it is at most as many documents back as the lead has words before it.
   */
  private void moveStart(long first, int episode) throws IOException {
    int earliest = Math.max(episode, lead.document() - leadIndex);
    if (startDocument < earliest) {
      startDocument = earliest;
      lookPast(episode);
    }
    while (startDocument < lead.document() && followingFirst <= first) {
      startDocument++;
      lookPast(episode);
    }
  }

  private void lookPast(int episode) throws IOException {
    boolean same = following.moveTo(startDocument + 1) && following.episodeStart() == episode;
    followingFirst = same ? following.first() : Long.MAX_VALUE;
  }

  @Override
  public long cost() {
    return cost;
  }
}

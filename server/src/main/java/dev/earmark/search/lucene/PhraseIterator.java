package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Iterates over the moments in which a phrase begins; see {@link SpokenPhraseQuery}.
 *
 * <p>The rarest word leads. At each of its documents the other words, rarest first, are looked for
 * by document only: each must be in that document or close enough for the phrase to reach it.
 * Positions are decoded only then. Not thread-safe.
 */
final class PhraseIterator extends SpokenIterator {
  private final MomentColumns columns;
  private final TermCursor lead;

  /** How many words of the phrase stand before the lead's, and how many after it. */
  private final int before;

  private final int after;

  /** The other words, the rarest first, and which word of the phrase each is. */
  private final TermCursor[] others;

  private final int[] places;

  private int frequency;

  /** The document of a match that was found but not yet given; -1 if there is none. */
  private int pending = -1;

  /** Whether the lead stands at an occurrence that was not yet looked at. */
  private boolean unexamined;

  /** The document in which the phrase tried last would begin. */
  private int startDocument = -1;

  PhraseIterator(List<TermCursor> cursors, MomentColumns columns, long cost) {
    super(cost);
    this.columns = columns;
    int[] byCost =
        IntStream.range(0, cursors.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> cursors.get(i).cost()))
            .mapToInt(i -> i)
            .toArray();
    before = byCost[0];
    after = cursors.size() - 1 - before;
    lead = cursors.get(before);
    places = Arrays.copyOfRange(byCost, 1, byCost.length);
    others = Arrays.stream(places).mapToObj(cursors::get).toArray(TermCursor[]::new);
  }

  @Override
  float frequency() {
    return frequency;
  }

  @Override
  public int advance(int target) throws IOException {
    while (pending < target) {
      // The lead's word never lies before the document in which the phrase begins.
      boolean behind = lead.document() < target;
      if (!(behind ? enterFrom(target) && lead.nextInDocument() : unexamined || nextLead())) {
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
    while (nextLead()) {
      // Every document of a running text has a word.
      if (lead.document() - before > start) {
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

  /** Goes to the lead's next occurrence where the phrase might be. */
  private boolean nextLead() throws IOException {
    return lead.nextInDocument() || (enterFrom(lead.document() + 1) && lead.nextInDocument());
  }

  /** Enters the lead's first document from one on that has all words in and around it. */
  private boolean enterFrom(int from) throws IOException {
    int at = lead.enterFrom(from);
    while (at != NO_MORE_DOCS) {
      int next = firstThatMay(at);
      if (next == at) {
        return true;
      }
      at = lead.enterFrom(next);
    }
    return false;
  }

  /** The first document from one of the lead's on in which it may be part of the phrase. */
  private int firstThatMay(int at) throws IOException {
    int earliest = -1;
    for (TermCursor other : others) {
      // Every document of a running text has a word, so most that are too far need no closer look.
      int found = other.enterFrom(Math.max(0, at - before));
      if (found < at) {
        earliest = earliest < 0 ? holding(columns.firstWord(at) - before, at) : earliest;
        found = other.enterFrom(earliest);
      }
      if (found > at && (found - at > after || found > latestAround(at))) {
        return found == NO_MORE_DOCS
            ? NO_MORE_DOCS
            : Math.max(at + 1, holding(columns.firstWord(found) - before - after, found));
      }
    }
    return at;
  }

  /** The last document that a phrase reaches whose lead is said in another. */
  private int latestAround(int at) {
    int latest = at;
    while (columns.isMoment(latest + 1)
        && columns.episode(latest + 1) == columns.episode(at)
        && columns.firstWord(latest + 1) < columns.firstWord(at + 1) + after) {
      latest++;
    }
    return latest;
  }

  private boolean matchesAtLead() throws IOException {
    long first = lead.word() - before;
    int episode = lead.episodeStart();
    startDocument = holding(first, lead.document());
    for (int i = 0; i < others.length; i++) {
      if (!others[i].reach(startDocument, episode, first + places[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * The document that holds a word of an episode, going back from one that does not begin before
   * it; where there is no such word, the last document before its place.
   */
  private int holding(long word, int from) {
    int at = from;
    while (columns.firstWord(at) > word && at > columns.episode(from)) {
      at--;
    }
    return at;
  }
}

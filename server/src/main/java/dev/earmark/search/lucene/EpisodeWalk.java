package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BitSet;

/**
 * Iterates over the moments that have a hit of every group, one episode at a time, and scores them.
 * Not thread-safe.
 */
final class EpisodeWalk extends MomentIterator {
  private final GroupHits lead;
  private final List<GroupHits> others;
  private final BitSet episodeEnds;
  private final MomentColumns columns;

  /** The documents of the current episode, from one to before another. */
  private int start;

  private int end;

  /** The places in it of those that have a hit of every group, in order, and a bit for each. */
  private int[] meetings = new int[64];

  private long[] bits = new long[8];
  private int count;

  /** Which of them is next, and what they score, once asked for. */
  private int at;

  private double[] scores = new double[64];
  private boolean scored;

  /**
   * @param groups the one with the fewest postings first
   * @param cost about how many moments there may be
   */
  EpisodeWalk(List<GroupHits> groups, MomentColumns columns, long cost) {
    super(cost);
    this.lead = groups.getFirst();
    this.others = groups.subList(1, groups.size());
    this.episodeEnds = columns.episodeEnds();
    this.columns = columns;
  }

  /**
   * Gathers the first episode with a hit of the lead that ends after a document. All of it, also
   * what stands before that document: a score must not depend on how somebody got here.
   */
  private boolean gather(int after) throws IOException {
    if (after >= episodeEnds.length()) {
      return false;
    }
    int first = lead.firstFrom(columns.isMoment(after) ? columns.episode(after) : after);
    if (first == NO_MORE_DOCS) {
      return false;
    }
    start = columns.episode(first);
    end = episodeEnds.nextSetBit(first);
    bits = ArrayUtil.growNoCopy(bits, EpisodeHits.longs(end - start));
    lead.gather(start, end).copyTo(bits);
    for (GroupHits other : others) {
      other.gather(start, end).retain(bits);
    }
    listMeetings();
    return true;
  }

  private void listMeetings() {
    meetings = ArrayUtil.growNoCopy(meetings, end - start);
    at = 0;
    count = 0;
    scored = false;
    for (int i = 0; i < EpisodeHits.longs(end - start); i++) {
      for (long left = bits[i]; left != 0; left &= left - 1) {
        meetings[count++] = (i << 6) + Long.numberOfTrailingZeros(left);
      }
    }
  }

  /** What a moment with a hit of every group scores; asked for in the order of the moments. */
  float score(int moment) throws IOException {
    if (moment >= end) {
      var unused = gather(moment);
    }
    if (!scored) {
      scored = true;
      scores = scores.length < count ? new double[meetings.length] : scores;
      Arrays.fill(scores, 0, count, 0);
      lead.addScores(start, meetings, count, scores);
      for (GroupHits other : others) {
        other.addScores(start, meetings, count, scores);
      }
    }
    skipTo(moment);
    return (float) scores[at];
  }

  private void skipTo(int moment) {
    while (at < count && start + meetings[at] < moment) {
      at++;
    }
  }

  @Override
  public int advance(int target) throws IOException {
    int from = target;
    do {
      skipTo(from);
      if (at < count) {
        return document = start + meetings[at];
      }
      from = Math.max(from, end);
    } while (from != NO_MORE_DOCS && gather(from));
    return document = NO_MORE_DOCS;
  }
}

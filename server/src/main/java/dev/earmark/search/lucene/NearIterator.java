package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Iterates over the moments in which words stand near each other, in any order.
 *
 * <p>Works an episode at a time: where the rarest word occurs, it collects the occurrences of all
 * words and slides a window over them. A match is a minimal window: it holds all words, no smaller
 * window inside it does, and it is at most as many words long as there are words and slop. Memory
 * is that of the occurrences in one episode. Not thread-safe.
 */
final class NearIterator extends SpokenIterator {
  private final List<TermCursor> cursors;
  private final int[] wordOf;
  private final int[] needed;
  private final int reach;
  private final TermCursor lead;

  private final List<Integer> documents = new ArrayList<>();
  private final List<Integer> frequencies = new ArrayList<>();
  private int at = -1;

  /** One occurrence: which word, its number, the document it is in. */
  private record Occurrence(int word, long number, int document) {}

  NearIterator(List<String> words, List<TermCursor> cursors, int slop, long cost) {
    super(cost);
    Map<String, Integer> distinct = new HashMap<>();
    List<TermCursor> kept = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Integer known = distinct.putIfAbsent(words.get(i), kept.size());
      if (known == null) {
        kept.add(cursors.get(i));
        counts.add(1);
      } else {
        counts.set(known, counts.get(known) + 1);
      }
    }
    this.cursors = kept;
    this.wordOf = new int[kept.size()];
    this.needed = counts.stream().mapToInt(Integer::intValue).toArray();
    this.reach = words.size() + slop;
    int rarest = 0;
    for (int i = 1; i < kept.size(); i++) {
      rarest = kept.get(i).cost() < kept.get(rarest).cost() ? i : rarest;
    }
    lead = kept.get(rarest);
  }

  @Override
  float frequency() {
    return frequencies.get(at);
  }

  @Override
  public int advance(int target) throws IOException {
    while (true) {
      while (++at < documents.size()) {
        if (documents.get(at) >= target) {
          return document = documents.get(at);
        }
      }
      if (!gatherNextEpisode(target)) {
        return document = NO_MORE_DOCS;
      }
      at = -1;
    }
  }

  /** Finds the matches of the next episode in which the rarest word occurs from a document on. */
  private boolean gatherNextEpisode(int target) throws IOException {
    documents.clear();
    frequencies.clear();
    // No word of a match lies before the document it begins in, the lead's neither.
    if (lead.ended() || !lead.nextFrom(target)) {
      return false;
    }
    int episode = lead.episodeStart();
    List<Occurrence> occurrences = new ArrayList<>();
    boolean all = true;
    for (int word = 0; word < cursors.size(); word++) {
      all &= gather(cursors.get(word), word, episode, occurrences);
    }
    if (all) {
      occurrences.sort(java.util.Comparator.comparingLong(Occurrence::number));
      slide(occurrences);
    }
    return true;
  }

  private static boolean gather(TermCursor cursor, int word, int episode, List<Occurrence> into)
      throws IOException {
    boolean any = false;
    boolean more = cursor.nextFrom(episode);
    while (more && cursor.episodeStart() == episode) {
      any = true;
      into.add(new Occurrence(word, cursor.word(), cursor.document()));
      more = cursor.next();
    }
    return any;
  }

  private void slide(List<Occurrence> occurrences) {
    java.util.Arrays.fill(wordOf, 0);
    int missing = needed.length;
    int left = 0;
    for (Occurrence right : occurrences) {
      if (++wordOf[right.word()] == needed[right.word()]) {
        missing--;
      }
      while (missing == 0) {
        Occurrence first = occurrences.get(left++);
        if (wordOf[first.word()]-- == needed[first.word()]) {
          // Without its first word the window lacks one: it was a smallest.
          missing++;
          if (right.number() - first.number() < reach) {
            add(first.document());
          }
        }
      }
    }
  }

  private void add(int matched) {
    int last = documents.size() - 1;
    if (last >= 0 && documents.get(last) == matched) {
      frequencies.set(last, frequencies.get(last) + 1);
    } else {
      documents.add(matched);
      frequencies.add(1);
    }
  }
}

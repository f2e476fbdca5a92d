package dev.earmark.iiif;

import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptCue;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.Hit;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The captions of a transcript in time order, and where matches lie in them.
 *
 * <p>A search matches in segments, which are made of captions, and may run on from one into the
 * next; a match tells its words and when the first is spoken. Those words are looked for in the
 * captions heard around then; where they stand several times, the place whose time is nearest is
 * taken, and none twice. Not thread-safe.
 */
final class Captions {
  /** A word lies in the caption that is heard when it is spoken, or beside it. */
  private static final int NEAR = 2;

  /** Of captions that begin together, as in a log that gives minutes, more lie around it. */
  private static final int FAR = 60;

  private final List<Caption> all = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final Set<Integer> taken = new HashSet<>();
  private final Set<Moment> segments = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * A caption.
   *
   * @param number from 0, in the order of time
   * @param firstWord the number of its first word among those of all
   */
  record Caption(int number, TimeSpan span, @Nullable String speaker, String text, int firstWord) {}

  /** A stretch of a caption's text, in UTF-16 units. */
  record Place(Caption caption, int from, int to) {}

  private record Word(Caption caption, int from, int to, String folded) {
    /** When it is spoken, as far as its place in the caption tells. */
    long ms() {
      TimeSpan span = caption.span();
      return span.startMs() + span.durationMs() * from / Math.max(1, caption.text().length());
    }
  }

  /** The captions of the transcript; none if there is no transcript with times. */
  static Captions of(Episode episode, List<StoredMoment> moments) {
    Captions captions = new Captions();
    Transcript.of(episode, moments).ifPresent(captions::add);
    return captions;
  }

  private void add(Transcript transcript) {
    segments.addAll(transcript.segments());
    for (TranscriptCue cue : transcript.cues()) {
      if (cue.span() == null || cue.text().isBlank()) {
        continue;
      }
      Caption caption = new Caption(all.size(), cue.span(), cue.speaker(), said(cue), words.size());
      all.add(caption);
      Words its = Words.of(caption.text());
      String[] folded = its.folded();
      for (int i = 0; i < folded.length; i++) {
        words.add(new Word(caption, its.start(i), its.end(i), folded[i]));
      }
    }
  }

  private static String said(TranscriptCue cue) {
    return cue.text().replaceAll("\\s+", " ").strip();
  }

  /** Whether there are any. */
  boolean isPresent() {
    return !all.isEmpty();
  }

  /** Whether they hold what a moment holds. */
  boolean hold(StoredMoment stored) {
    return isPresent() && segments.contains(stored.moment());
  }

  List<Caption> all() {
    return all;
  }

  /** The words of all captions, folded. */
  List<String> words() {
    return words.stream().map(Word::folded).toList();
  }

  /** The words of a match, caption by caption; empty if they are not found. */
  List<Place> places(Hit.Match match) {
    String[] wanted = Words.of(match.text()).folded();
    int first = first(wanted, match.atMs());
    if (first < 0) {
      return List.of();
    }
    taken.add(first);
    List<Place> places = new ArrayList<>();
    for (int i = first; i < first + wanted.length; i++) {
      Word word = words.get(i);
      Place last = places.isEmpty() ? null : places.getLast();
      if (last != null && last.caption().equals(word.caption())) {
        places.set(places.size() - 1, new Place(word.caption(), last.from(), word.to()));
      } else {
        places.add(new Place(word.caption(), word.from(), word.to()));
      }
    }
    return places;
  }

  private int first(String[] wanted, @Nullable Long atMs) {
    if (wanted.length == 0 || atMs == null || all.isEmpty()) {
      return -1;
    }
    int near = nearest(wanted, atMs, NEAR);
    return near < 0 ? nearest(wanted, atMs, FAR) : near;
  }

  /** The place nearest in time among so many captions on either side of the one heard then. */
  private int nearest(String[] wanted, long atMs, int around) {
    int heard = heardAt(atMs);
    int from = all.get(Math.max(0, heard - around)).firstWord();
    int end = heard + around + 1;
    int to = end < all.size() ? all.get(end).firstWord() : words.size();
    int nearest = -1;
    for (int i = from; i < to; i++) {
      boolean nearer =
          nearest < 0
              || Math.abs(words.get(i).ms() - atMs) < Math.abs(words.get(nearest).ms() - atMs);
      if (nearer && !taken.contains(i) && stands(wanted, i)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private boolean stands(String[] wanted, int at) {
    if (at + wanted.length > words.size()) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!Objects.equals(words.get(at + i).folded(), wanted[i])) {
        return false;
      }
    }
    return true;
  }

  /** The last caption that has begun at an instant. */
  private int heardAt(long ms) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).span().startMs() > ms) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.max(0, low - 1);
  }
}

package dev.earmark.align;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.PlainWords;
import dev.earmark.text.WordNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The plain words of all placed moments, in one sequence, with their times.
 *
 * <p>A {@link #BREAK} separates moments that do not continue each other, so nothing is found across
 * it. Words without times of their own have that of their moment. Immutable once built; not
 * thread-safe, as its vocabulary is not.
 */
final class SpokenTimeline {
  /** Stands between words that do not follow each other. */
  static final int BREAK = -1;

  /** When words are said of which nobody knows. */
  static final long NO_TIME = -1;

  /**
   * A placed moment.
   *
   * @param from its first place in the row
   * @param to the place after its last
   * @param startMs where it starts
   * @param endMs where it ends; where it starts if that is not known
   * @param spoken whether its words are spoken ones, each with a time
   * @param confidence how sure its place is
   * @param speaker who speaks; null if nobody does or it is not known
   */
  record Passage(
      int from,
      int to,
      long startMs,
      long endMs,
      boolean spoken,
      double confidence,
      @Nullable String speaker) {}

  private final WordNumbers vocabulary = new WordNumbers();
  private final List<Passage> passages = new ArrayList<>();
  private int[] words = new int[1024];
  private long[] startMs = new long[1024];
  private long[] endMs = new long[1024];
  private int size;
  private int[] mostSpoken = {0, 0};
  private long[] starts = new long[0];
  private long durationMs;

  private SpokenTimeline() {}

  /**
   * The timeline that the placed moments of an episode give. What was placed by the words of others
   * adds nothing to these, and is left out.
   */
  static SpokenTimeline of(Episode episode, List<SourceDocument> sources) {
    return of(
        episode,
        sources,
        (source, moment) ->
            moment.anchor().span().isPresent()
                && moment.check() == null
                && !(moment.anchor() instanceof Anchor.Estimated estimated
                    && estimated.how().equals(TranscriptPlacer.HOW)));
  }

  /**
   * What is said according to the transcripts. Words of a transcript without times are said at
   * {@link #NO_TIME}; such a transcript counts only in a language in which there is none with
   * times.
   */
  static SpokenTimeline ofTranscripts(Episode episode, List<SourceDocument> sources) {
    Set<String> timed = new HashSet<>();
    for (SourceDocument source : sources) {
      if (source.moments().stream().anyMatch(SpokenTimeline::isTimedSpeech)) {
        timed.add(source.language());
      }
    }
    return of(
        episode,
        sources,
        (source, moment) ->
            isSpeech(moment) && (isTimedSpeech(moment) || !timed.contains(source.language())));
  }

  /** Whether a moment is what was said, rather than what a digest tells of a part. */
  static boolean isSpeech(Moment moment) {
    return moment.kind() == Kind.SEGMENT && moment.title() == null;
  }

  private static boolean isTimedSpeech(Moment moment) {
    return isSpeech(moment) && moment.anchor().span().isPresent();
  }

  private static SpokenTimeline of(
      Episode episode, List<SourceDocument> sources, BiPredicate<SourceDocument, Moment> wanted) {
    SpokenTimeline timeline = new SpokenTimeline();
    int most = 0;
    for (SourceDocument source : sources) {
      int from = timeline.size;
      boolean joins = false;
      for (Moment moment : source.moments()) {
        boolean adds = wanted.test(source, moment);
        if (adds) {
          timeline.add(moment, joins && moment.continues());
        }
        joins = adds;
      }
      timeline.put(BREAK, 0, 0);
      int spoken = timeline.spokenFrom(from);
      if (spoken > most) {
        most = spoken;
        timeline.mostSpoken = new int[] {from, timeline.size};
      }
    }
    timeline.starts = timeline.passages.stream().mapToLong(Passage::startMs).sorted().toArray();
    Long declared = episode.durationMs();
    timeline.durationMs = Math.max(timeline.durationMs, declared == null ? 0 : declared);
    return timeline;
  }

  /** How many spoken words there are from a place on. */
  private int spokenFrom(int place) {
    int spoken = 0;
    for (int i = passages.size() - 1; i >= 0 && passages.get(i).from() >= place; i--) {
      spoken += passages.get(i).spoken() ? passages.get(i).to() - passages.get(i).from() : 0;
    }
    return spoken;
  }

  private void add(Moment moment, boolean joins) {
    TimeSpan span = moment.anchor().span().orElse(null);
    long start = span == null ? NO_TIME : span.startMs();
    long end = span == null ? NO_TIME : span.endMs();
    PlainWords plain = PlainWords.of(moment.text(), vocabulary);
    TimeMap times = moment.times();
    boolean spoken = times != null && times.words() > 0;
    if (!joins) {
      put(BREAK, start, end);
    }
    int from = size;
    for (int i = 0; i < plain.count(); i++) {
      if (times != null && spoken) {
        int word = Math.min(plain.word(i), times.words() - 1);
        put(plain.number(i), times.startOf(word), times.endOf(word));
      } else {
        put(plain.number(i), start, end);
      }
    }
    double confidence =
        moment.anchor() instanceof Anchor.Estimated estimated ? estimated.confidence() : 1;
    String speaker = isSpeech(moment) ? moment.speaker() : null;
    boolean speech = spoken || span == null;
    passages.add(new Passage(from, size, start, end, speech, confidence, speaker));
    durationMs = Math.max(durationMs, end);
  }

  private void put(int word, long start, long end) {
    if (size == words.length) {
      words = Arrays.copyOf(words, size * 2);
      startMs = Arrays.copyOf(startMs, size * 2);
      endMs = Arrays.copyOf(endMs, size * 2);
    }
    words[size] = word;
    startMs[size] = start;
    endMs[size++] = end;
  }

  WordNumbers vocabulary() {
    return vocabulary;
  }

  /** How many places the row has, breaks among them. */
  int size() {
    return size;
  }

  /** The word at a place, or {@link #BREAK}. */
  int word(int place) {
    return words[place];
  }

  long startMs(int place) {
    return startMs[place];
  }

  long endMs(int place) {
    return endMs[place];
  }

  /** The placed moments, in the order of the row. */
  List<Passage> passages() {
    return passages;
  }

  /** The places of the source with the most spoken words: the first, and the one after the last. */
  int[] mostSpoken() {
    return mostSpoken.clone();
  }

  /** Who says most of the words from a place to another; null if nobody is named. */
  @Nullable String speaker(int first, int last) {
    Map<String, Integer> words = new HashMap<>();
    String most = null;
    for (int place = first; place <= last; place++) {
      String speaker = word(place) == BREAK ? null : passageAt(place).speaker();
      if (speaker != null) {
        int count = words.merge(speaker, 1, Integer::sum);
        most = most == null || count > words.getOrDefault(most, 0) ? speaker : most;
      }
    }
    return most;
  }

  /** The placed moment a place lies in. */
  Passage passageAt(int place) {
    int low = 0;
    int high = passages.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (passages.get(middle).from() > place) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return passages.get(low);
  }

  /** The length of the recording, as declared or as far as anything is placed. */
  long durationMs() {
    return durationMs;
  }

  /** Whether any of it is speech, each word with a time. */
  boolean isSpoken() {
    return mostSpoken[1] > 0;
  }

  /**
   * The begin of the last placed moment that begins at an instant or shortly before; the instant
   * itself if none does.
   */
  long startBefore(long ms, long nearMs) {
    int found = Arrays.binarySearch(starts, ms);
    int before = found >= 0 ? found : -found - 2;
    return before >= 0 && ms - starts[before] <= nearMs ? starts[before] : ms;
  }

  /** How often each word of the vocabulary, so far, comes in the row. */
  int[] counts() {
    int[] counts = new int[vocabulary.size()];
    for (int i = 0; i < size; i++) {
      if (words[i] != BREAK) {
        counts[words[i]]++;
      }
    }
    return counts;
  }
}

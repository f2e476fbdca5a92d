package dev.earmark.search.spoken;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.SpeakerProfile.Appearance;
import dev.earmark.search.SpeakerProfile.TypicalWord;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a speaker says, and finds the words typical of them.
 *
 * <p>A word is typical if it is a larger share of their words than of everyone's. Confidence is the
 * log-likelihood ratio of the two frequencies, which unlike other measures holds for rare words (T.
 * Dunning, <i>Accurate Methods for the Statistics of Surprise and Coincidence</i>, Computational
 * Linguistics 19, 1993; as in P. Rayson and R. Garside, <i>Comparing Corpora using Frequency
 * Profiling</i>, 2000). Speakers of several episodes must use the word in two: a word of one
 * episode belongs to its subject.
 *
 * <p>Not thread-safe; one a speaker.
 */
public final class SpeakerStatistics {
  private static final int MOST_TYPICAL = 30;
  private static final int LEAST_TIMES = 3;
  private static final int SHORTEST = 3;

  /** In a large corpus small differences are significant, but not interesting. */
  private static final double LEAST_RATIO = 1.5;

  /** By chance, a word in 10,000 would be above this. */
  private static final double LEAST_SCORE = 15.13;

  private final Map<String, InEpisode> episodes = new LinkedHashMap<>();
  private final Map<String, Said> said = new HashMap<>();
  private final Set<String> people = new HashSet<>();
  private @Nullable String name;

  /** Counts how often words are said by everybody. */
  public interface Frequencies {
    Map<String, Long> of(Collection<String> words) throws IOException;
  }

  /** Finds an episode by its id; null for one that is to be left out. */
  public interface Episodes {
    @Nullable Episode of(String id) throws IOException;
  }

  /** A speaker in one episode. */
  private static final class InEpisode {
    private final List<TimeSpan> spans = new ArrayList<>();
    private int moments;
    private long words;

    /** How long they talk, each instant counted once; null if nothing of it has a time. */
    @Nullable Long talkMs() {
      if (spans.isEmpty()) {
        return null;
      }
      spans.sort(Comparator.comparingLong(TimeSpan::startMs));
      long sum = 0;
      long until = 0;
      for (TimeSpan span : spans) {
        sum += Math.max(0, span.endMs() - Math.max(until, span.startMs()));
        until = Math.max(until, span.endMs());
      }
      return sum;
    }
  }

  /** How often a word is said, and in how many episodes. */
  private static final class Said {
    private String written;
    private long times;
    private int episodes;
    private @Nullable InEpisode last;

    Said(String written) {
      this.written = written;
    }
  }

  /** The ids of the episodes they were heard in. */
  public Set<String> episodes() {
    return Set.copyOf(episodes.keySet());
  }

  /** Whether they were not heard so far. */
  public boolean isEmpty() {
    return said.isEmpty();
  }

  /** Adds a moment of theirs if it is of a kind. */
  public void add(StoredMoment stored, Kind kind) {
    Moment moment = stored.moment();
    if (moment.kind() != kind) {
      return;
    }
    name = name == null ? moment.speaker() : name;
    if (stored.person() != null) {
      people.add(stored.person());
    }
    InEpisode voice = episodes.computeIfAbsent(stored.episodeId(), id -> new InEpisode());
    voice.moments++;
    if (kind == Kind.SEGMENT) {
      moment.anchor().span().filter(span -> span.durationMs() > 0).ifPresent(voice.spans::add);
    }
    Words words = Words.of(moment.body());
    voice.words += words.count();
    for (int word = 0; word < words.count(); word++) {
      String folded = words.folded(word);
      Said one = said.get(folded);
      if (one == null) {
        one = new Said(words.word(word));
        said.put(folded, one);
      }
      if (Character.isUpperCase(one.written.charAt(0))) {
        // At the start of a sentence every word is written so; a name always is.
        one.written = words.word(word);
      }
      one.times++;
      if (one.last != voice) {
        one.last = voice;
        one.episodes++;
      }
    }
  }

  /**
   * What there is of them.
   *
   * @param wanted the name that was asked for
   * @param moments how many moments are theirs
   * @param episode finds an episode by its id
   * @param allWords how many words there are
   * @param frequencies counts those of some of them
   */
  public SpeakerProfile profile(
      String wanted, int moments, Episodes episode, long allWords, Frequencies frequencies)
      throws IOException {
    List<Appearance> heard = new ArrayList<>();
    long words = 0;
    Long talkMs = null;
    for (Map.Entry<String, InEpisode> one : episodes.entrySet()) {
      Episode in = episode.of(one.getKey());
      if (in == null) {
        continue;
      }
      InEpisode voice = one.getValue();
      Long talk = voice.talkMs();
      words += voice.words;
      if (talk != null) {
        talkMs = talkMs == null ? talk : Long.valueOf(talkMs + talk);
      }
      heard.add(new Appearance(in, voice.moments, voice.words, talk));
    }
    heard.sort(
        Comparator.comparing(
            (Appearance one) -> one.episode().date(),
            Comparator.nullsLast(Comparator.reverseOrder())));
    return new SpeakerProfile(
        people.size() == 1 ? people.iterator().next() : name == null ? wanted : name,
        moments,
        words,
        talkMs,
        heard,
        typical(words, allWords, frequencies));
  }

  private List<TypicalWord> typical(long theirWords, long allWords, Frequencies frequencies)
      throws IOException {
    long others = Math.max(0, allWords - theirWords);
    int leastEpisodes = episodes.size() > 2 ? 2 : 1;
    List<TypicalWord> typical = new ArrayList<>();
    Map<String, Said> candidates = new HashMap<>();
    said.forEach((word, one) -> {
      if (one.times >= LEAST_TIMES
          && one.episodes >= leastEpisodes
          && word.length() >= SHORTEST
          && word.chars().allMatch(Character::isLetter)) {
        candidates.put(word, one);
      }
    });
    Map<String, Long> everywhereSaid = frequencies.of(candidates.keySet());
    for (Map.Entry<String, Said> one : candidates.entrySet()) {
      String word = one.getKey();
      long here = one.getValue().times;
      long everywhere = everywhereSaid.getOrDefault(word, 0L);
      long elsewhere = Math.max(0, everywhere - here);
      double score = logLikelihood(here, theirWords, elsewhere, others);
      boolean notably = (double) here / theirWords >= LEAST_RATIO * elsewhere / Math.max(1, others);
      if (notably && score >= LEAST_SCORE) {
        typical.add(
            new TypicalWord(
                one.getValue().written, here, elsewhere, Math.round(score * 10) / 10.0));
      }
    }
    typical.sort(
        Comparator.comparingDouble(TypicalWord::score).reversed().thenComparing(TypicalWord::word));
    return typical.subList(0, Math.min(MOST_TYPICAL, typical.size()));
  }

  /**
   * The log-likelihood ratio of a word that is said {@code a} times in {@code c} words and {@code
   * b} times in {@code d} others; 0 if it is no more frequent in the first.
   */
  static double logLikelihood(long a, long c, long b, long d) {
    if (c == 0 || d == 0 || (double) a / c <= (double) b / d) {
      return 0;
    }
    double expectedHere = (double) c * (a + b) / (c + d);
    double expectedThere = (double) d * (a + b) / (c + d);
    double there = b == 0 ? 0 : b * Math.log(b / expectedThere);
    return 2 * (a * Math.log(a / expectedHere) + there);
  }
}

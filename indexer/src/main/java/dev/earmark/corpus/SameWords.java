package dev.earmark.corpus;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds transcripts of an episode that hold the same words, so that what is said once is found
 * once.
 *
 * <p>Such are the files that a recogniser writes of one recording, and two caption tracks of one
 * language. The best is searched: one with times before one without, then one with speakers, then
 * one that times each word, then the first. The spoken words of the others become alternatives, and
 * a notice says so; their chapters and notes stay. A transcript that names speakers is never left
 * out for one that names none: once it is aligned with the other it has its times, and the other
 * becomes an alternative of it.
 *
 * <p>Two hold the same words if they are in one language and a quarter of the runs of three words
 * of the longer one are in both; of short documents and of articles it must be more. Linear in the
 * number of words for each pair. Stateless.
 */
public final class SameWords {
  private static final int RUN = 3;
  static final int FEWEST = 8;

  /**
   * Transcripts that have as much in common are of one recording: heavy editing leaves at least a
   * third, and different talks of one show have at most an eighth.
   */
  public static final double ALIKE = 0.25;

  /** The same for what may be an article that quotes. */
  private static final double HALF = 0.5;

  /** The same for documents of few words, which have much in common by chance. */
  private static final double WHOLE = 0.9;

  private static final int FEWEST_TO_TELL = 60;

  /** More transcripts of one episode than that are not compared. */
  private static final int MOST = 50;

  private SameWords() {}

  private record Track(
      int source,
      Map<Long, Integer> runs,
      int size,
      boolean speech,
      boolean timed,
      boolean named,
      boolean byWord) {
    int rank() {
      return (timed ? 4 : 0) + (named ? 2 : 0) + (byWord ? 1 : 0);
    }

    boolean sameAs(Track other) {
      boolean few = Math.min(size, other.size) < FEWEST_TO_TELL;
      double least = few ? WHOLE : speech && other.speech ? ALIKE : HALF;
      return alike(other) >= least;
    }

    /** The share of the longer's runs that both have. */
    double alike(Track other) {
      int shared = 0;
      for (Map.Entry<Long, Integer> run : runs.entrySet()) {
        shared += Math.min(run.getValue(), other.runs.getOrDefault(run.getKey(), 0));
      }
      return (double) shared / Math.max(1, Math.max(size, other.size));
    }
  }

  /**
   * How much two documents have in common: the share of the runs of three words of the longer that
   * both have, 0 if one of them has hardly any.
   */
  public static double alike(SourceDocument one, SourceDocument other) {
    Track first = track(0, one);
    Track second = track(1, other);
    return Math.min(first.size, second.size) < FEWEST ? 0 : first.alike(second);
  }

  /** Whether two documents are transcripts of one recording in one language. */
  static boolean areSame(SourceDocument one, SourceDocument other) {
    Track first = track(0, one);
    Track second = track(1, other);
    return areOfOneLanguage(one, other)
        && Math.min(first.size, second.size) >= FEWEST
        && first.sameAs(second);
  }

  /** A language that could not be told may be any: it is the words that count. */
  private static boolean areOfOneLanguage(SourceDocument one, SourceDocument other) {
    String first = Stemmer.primary(one.language());
    String second = Stemmer.primary(other.language());
    return first.equals(second) || first.equals("und") || second.equals("und");
  }

  /** The episode with each track of speech once among its sources, the rest as alternatives. */
  public static EpisodeDocument once(EpisodeDocument document) {
    List<SourceDocument> sources = document.sources();
    if (sources.size() < 2) {
      return document;
    }
    List<Problem> problems = new ArrayList<>(document.problems());
    Map<String, String> searched = new HashMap<>();
    List<Alternative> alternatives = new ArrayList<>(document.alternatives());
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < sources.size() && sources.size() <= MOST; i++) {
      Track track = track(i, sources.get(i));
      if (track.size >= FEWEST) {
        tracks.add(track);
      }
    }
    tracks.sort((one, other) -> Integer.compare(other.rank(), one.rank()));
    List<SourceDocument> result = new ArrayList<>(sources);
    List<Track> kept = new ArrayList<>();
    for (Track track : tracks) {
      SourceDocument source = sources.get(track.source);
      Track same = null;
      for (Track better : kept) {
        boolean oneLanguage = areOfOneLanguage(sources.get(better.source), source);
        if (oneLanguage && (better.named || !track.named) && better.sameAs(track)) {
          same = better;
          break;
        }
      }
      if (same == null) {
        kept.add(track);
        continue;
      }
      String instead = sources.get(same.source).name();
      searched.put(source.name(), instead);
      alternatives.add(new Alternative(speechOf(source), instead));
      result.set(track.source, withoutSpeech(source));
      problems.add(
          new Problem(
              Problem.Severity.NOTICE,
              "same-words",
              source.name(),
              0,
              "holds the same words as " + instead,
              "searched once, there; kept to be read and exported"));
    }
    alternatives.replaceAll(one ->
        new Alternative(one.document(), searched.getOrDefault(one.searched(), one.searched())));
    result.removeIf(source -> searched.containsKey(source.name()) && source.moments().isEmpty());
    return document.with(result, problems).withAlternatives(alternatives);
  }

  /** The spoken words of a source, as speech also where it was read as paragraphs. */
  private static SourceDocument speechOf(SourceDocument source) {
    Kind speech = speech(source);
    return source.withMoments(
        source.moments().stream()
            .filter(moment -> moment.kind() == speech)
            .map(moment -> moment.toBuilder(Kind.SEGMENT).build())
            .toList());
  }

  private static SourceDocument withoutSpeech(SourceDocument source) {
    Kind speech = speech(source);
    List<Moment> rest =
        source.moments().stream().filter(moment -> moment.kind() != speech).toList();
    return new SourceDocument(source.name(), source.format(), source.language(), rest);
  }

  /** What the words of a source are; a transcript without times may be read as plain paragraphs. */
  private static Kind speech(SourceDocument source) {
    boolean segments = source.moments().stream().anyMatch(m -> m.kind() == Kind.SEGMENT);
    return segments ? Kind.SEGMENT : Kind.NOTE;
  }

  private static Track track(int number, SourceDocument source) {
    Map<Long, Integer> runs = new HashMap<>();
    Kind speech = speech(source);
    boolean timed = true;
    boolean named = false;
    int size = 0;
    long pieces = 0;
    long[] last = new long[RUN];
    int words = 0;
    for (Moment moment : source.moments()) {
      if (moment.kind() != speech) {
        continue;
      }
      timed &= !(moment.anchor() instanceof Anchor.Unplaced);
      named |= moment.speaker() != null;
      pieces += moment.times() == null ? 0 : moment.times().pieces();
      Words text = Words.of(moment.body());
      for (int i = 0; i < text.count(); i++) {
        last[words++ % RUN] = text.folded(i).hashCode();
        if (words >= RUN) {
          long run = 0;
          for (int back = 0; back < RUN; back++) {
            run = run * 1_000_003 + last[(words + back) % RUN];
          }
          runs.merge(run, 1, Integer::sum);
          size++;
        }
      }
    }
    boolean byWord = pieces * 2 > words;
    return new Track(number, runs, size, speech == Kind.SEGMENT, timed, named, byWord);
  }
}

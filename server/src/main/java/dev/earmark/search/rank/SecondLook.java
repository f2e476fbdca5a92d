package dev.earmark.search.rank;

import dev.earmark.search.Explanation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Orders what words match and what is near in meaning as one list, and what words alone match
 * inside one episode.
 *
 * <h2>Over several episodes</h2>
 *
 * <p>A candidate scores what its words score, and for the nearness of its meaning a part of what
 * the best candidate's words score, since only scores of one query can be compared:
 *
 * <pre>
 *   score = words + {@link RankingParameters#meaningWeight} · best · cosine      cosines below 0 count 0
 *   best  = the highest score by words; 1 where no word matches
 * </pre>
 *
 * <p>Words that score 10 at a cosine of .5, with a best of 20 and a weight of 2, score 10 + 2 · 20
 * · .5 = 30.
 *
 * <h2>Inside one episode</h2>
 *
 * <p>There somebody first wants the right moment, and then reads where it is spoken of. These are
 * two orders. The first {@link RankingParameters#headOfOne} candidates come by
 *
 * <pre>
 *   own = trust · words / best + {@link RankingParameters#meaningLift} · z
 *   z   = (cosine - mean) / deviation, over all moments of the episode; 0 where it is not known
 * </pre>
 *
 * <p>The cosine is that with what answers the query, as far as the model has learnt that ({@link
 * Candidate#answering}). Of a question, and of what asks for {@link
 * RankingParameters#partsOfQuestion} things or more, the best comes first, and then only what is
 * nearly as good, at most {@link RankingParameters#headOfQuestion} in all: its own is {@link
 * RankingParameters#headLeast} of the best's or more, what is said around it (below) {@link
 * RankingParameters#headAround} of the most, and it is of another stretch than those before. A poor
 * second would have somebody read in a place that has nothing to do with the question.
 *
 * <p>All others come by how much that stands out is said around them:
 *
 * <pre>
 *   around = trust · part(words) + {@link RankingParameters#meaningAround} · part(meaning)
 *   part(e) = sum(e) / highest sum(e)
 *   sum(e) of a moment = sum over all moments of e · exp(-time between / time constant)
 *   e of words   = (words / best) ^ {@link RankingParameters#wordsPower}
 *   e of meaning = z - {@link RankingParameters#standsOut}, if that is more than 0
 * </pre>
 *
 * <p>An answer is a stretch of some minutes, of which most moments have no word of the question.
 * What is told by many poor matches is small talk, so only good ones tell of a stretch: hence the
 * power, and the bar that a z has to take. Moments too far in meaning to be listed take part in z
 * and tell of those that are. For example, with two moments a minute apart, words that score 20 and
 * 10, a power of 4 and a time constant of a minute, sums are 1 + 1/16 · 1/e = 1.023 and 1/e + 1/16
 * = .430, so the parts are 1 and .421. A test computes both examples.
 *
 * <p>Who asks in other words than were used has words matched by chance, and the best of them score
 * as much of the best as any. So words are trusted by how much of the query one moment says:
 *
 * <pre>
 *   trust = min(1, coverage / {@link RankingParameters#coverageEnough}) ^ {@link RankingParameters#coveragePower}
 *   coverage of a moment = weight of what it says itself / weight of all that is asked for together
 *   coverage = that of the moment with most, among the {@link RankingParameters#coverageOf} best by words
 * </pre>
 *
 * <p>A thing weighs its inverse document frequency; words of grammar and of asking are none. If of
 * weights of 5, 3 and 2 no moment says more than the last, coverage is .2, and with .5 being enough
 * and a power of 2 trust is (.2 / .5)² = .16: the best by words has .16 for them, as much as one
 * that stands out in meaning 3.2 deviations farther.
 *
 * <p>Scores of the head have the highest <i>around</i> added, so that they stand above; all are
 * multiplied by best. Tiers go before scores, as they do among words; not so where words are not
 * trusted fully, and behind the head, where a moment without a word may well be of the answer.
 * Where only words are searched they go before scores everywhere, unless a tier has only much of
 * what is asked for, and only a question has the shorter head. Then the {@link Diversifier} puts
 * the best hit of each stretch first. Time is that of sorting. Immutable and thread-safe.
 */
public final class SecondLook {
  /** What is divided by is at least this. */
  private static final double LEAST = 1e-9;

  private final RankingParameters parameters;

  SecondLook(RankingParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * What is looked at.
   *
   * @param hit as the engine names it
   * @param tier how many of the things it has that go before the score
   * @param matched whether words match it
   * @param words what it scores for its words, after {@link Reranker}; 0 if they do not match
   * @param cosine how near its meaning is to that of the query; NaN if that is not known
   * @param answering how near its meaning is to what answers the query, as far as that has been
   *     learnt ({@link dev.earmark.vector.QuestionAdapter}), else the cosine; used inside one
   *     episode
   */
  public record Candidate<H>(
      H hit, int tier, boolean matched, float words, float cosine, float answering) {

    /** One of which no more is known than how near it is. */
    public Candidate(H hit, int tier, boolean matched, float words, float cosine) {
      this(hit, tier, matched, words, cosine, cosine);
    }
  }

  /**
   * A candidate and what it scores.
   *
   * @param group goes before the score: its tier; inside one episode 0 behind the head, unless
   *     tiers go before scores everywhere
   * @param lift how much more it scores than for its words, or less
   * @param reason what the lift is for
   */
  public record Scored<H>(
      Candidate<H> candidate, int group, float score, float lift, Reason reason) {
    public H hit() {
      return candidate.hit();
    }
  }

  /** What a candidate is lifted for. */
  public enum Reason {
    MEANING("near in meaning"),
    HEAD("one of the first of its episode, by what it says itself"),
    AROUND("what is said around it counts in place of its own words");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    private String said(float cosine) {
      if (Float.isNaN(cosine)) {
        return this == MEANING ? "its meaning is not known" : text;
      }
      return String.format(Locale.ROOT, "%s; cosine of its meaning %.3f", text, cosine);
    }
  }

  /** What an engine knows of its candidates. */
  public interface Surroundings<H> {
    /** The order of the index, which breaks ties. */
    Comparator<H> inOrder();

    /** Where a candidate lies. */
    Diversifier.Place place(H hit);

    /** Whether the query is a question. */
    boolean isQuestion();

    /** Whether the hits of a higher tier have all that is asked for, not only much of it. */
    boolean hasAll();

    /** How many things the query asks for together; 0 if they are not several. */
    int parts();

    /**
     * The largest share, by weight, of what the query asks for that one of some hits says itself; 1
     * if it does not ask for several things.
     */
    double coverage(List<H> hits) throws IOException;
  }

  /** How many moments nearest in meaning are looked at. */
  public int nearest(boolean ofOneEpisode) {
    return (int) (ofOneEpisode ? parameters.meaningNearestOfOne() : parameters.meaningNearest());
  }

  /** How near in meaning a moment has to be that no word matches. */
  public float least(boolean ofOneEpisode) {
    return (float) (ofOneEpisode ? parameters.meaningLeastOfOne() : parameters.meaningLeast());
  }

  /** Whether anything answers a question of which the nearest passage is so near in meaning. */
  public boolean answers(double nearest) {
    return nearest >= parameters.answerLeast();
  }

  /** Whether a passage so near answers beside the nearest. */
  public boolean answersBeside(double cosine) {
    return cosine >= parameters.answerLeast() - parameters.answerMargin();
  }

  /** Whether two moments so near are alike. */
  public boolean alike(double cosine) {
    return cosine >= parameters.similarLeast();
  }

  /** Whether two moments of one episode are of one stretch of speech. */
  public boolean ofOneStretch(Diversifier.Place one, Diversifier.Place other) {
    return one.episode().equals(other.episode())
        && one.placed() == other.placed()
        && Math.abs(one.startMs() - other.startMs()) <= parameters.stretchMs();
  }

  /** All candidates in order, where nothing else is known of their episode. */
  public <H> List<Scored<H>> order(List<Candidate<H>> candidates, Surroundings<H> around)
      throws IOException {
    return order(candidates, List.of(), around);
  }

  /**
   * All candidates in order: by tier, by score, by the order of the index.
   *
   * @param unlisted other moments of their episode, if they are of one; they are not in the result
   */
  public <H> List<Scored<H>> order(
      List<Candidate<H>> candidates, List<Candidate<H>> unlisted, Surroundings<H> around)
      throws IOException {
    float most = 0;
    for (Candidate<H> each : candidates) {
      most = Math.max(most, each.words());
    }
    float best = most == 0 ? 1 : most;
    List<Scored<H>> scored = new ArrayList<>();
    if (Diversifier.areOfOneEpisode(candidates, each -> around.place(each.hit()))) {
      scored.addAll(ofOneEpisode(candidates, unlisted, around, best));
    } else {
      for (Candidate<H> each : candidates) {
        float near = each.cosine() > 0 ? each.cosine() : 0;
        float lift = (float) (parameters.meaningWeight() * best * near);
        scored.add(new Scored<>(each, each.tier(), each.words() + lift, lift, Reason.MEANING));
      }
    }
    scored.sort(
        Comparator.<Scored<H>>comparingInt(each -> -each.group())
            .thenComparingDouble(each -> -each.score())
            .thenComparing(Scored::hit, around.inOrder()));
    return scored;
  }

  private <H> List<Scored<H>> ofOneEpisode(
      List<Candidate<H>> candidates,
      List<Candidate<H>> unlisted,
      Surroundings<H> around,
      float best)
      throws IOException {
    boolean byWords =
        candidates.stream().allMatch(each -> Float.isNaN(each.cosine())) && unlisted.isEmpty();
    double trust = byWords ? 1 : trust(candidates, around);
    List<Candidate<H>> company = new ArrayList<>(candidates);
    company.addAll(unlisted);
    int size = company.size();
    double[] standing = standing(company);
    double[] words = new double[size];
    double[] meaning = new double[size];
    List<Diversifier.Place> places = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      words[i] = Math.pow(company.get(i).words() / best, parameters.wordsPower());
      meaning[i] = Math.max(0, standing[i] - parameters.standsOut());
      places.add(around.place(company.get(i).hit()));
    }
    Integer[] inTime = new Integer[size];
    Arrays.setAll(inTime, i -> i);
    Arrays.sort(
        inTime,
        Comparator.<Integer, Boolean>comparing(i -> places.get(i).placed())
            .thenComparingLong(i -> places.get(i).startMs()));
    double[] wordsAround = part(words, inTime, places, parameters.wordsAroundMs());
    double[] meaningAround = part(meaning, inTime, places, parameters.meaningAroundMs());
    double[] own = new double[candidates.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = trust * candidates.get(i).words() / best + parameters.meaningLift() * standing[i];
    }
    boolean byTier = trust == 1;
    boolean alwaysByTier = byWords && around.hasAll();
    double[] spoken = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      spoken[i] = trust * wordsAround[i] + parameters.meaningAround() * meaningAround[i];
    }
    boolean[] first = first(candidates, own, spoken, byTier, byWords, around);
    List<Scored<H>> scored = new ArrayList<>(own.length);
    for (int i = 0; i < own.length; i++) {
      double rank = first[i] ? 1 + parameters.meaningAround() + Math.max(0, own[i]) : spoken[i];
      float score = (float) (best * rank);
      int tier = byTier ? candidates.get(i).tier() : 0;
      int group = alwaysByTier ? tier : first[i] ? 1 + tier : 0;
      Reason reason = first[i] ? Reason.HEAD : Reason.AROUND;
      float lift = score - candidates.get(i).words();
      scored.add(new Scored<>(candidates.get(i), group, score, lift, reason));
    }
    return scored;
  }

  /** How far words are trusted: by how much of the query the best of them say. */
  private <H> double trust(List<Candidate<H>> candidates, Surroundings<H> around)
      throws IOException {
    List<H> best =
        candidates.stream()
            .filter(Candidate::matched)
            .sorted(
                Comparator.<Candidate<H>>comparingDouble(each -> -each.words())
                    .thenComparing(Candidate::hit, around.inOrder()))
            .limit((long) parameters.coverageOf())
            .map(Candidate::hit)
            .toList();
    if (best.isEmpty()) {
      return 1;
    }
    double part = Math.min(1, around.coverage(best) / parameters.coverageEnough());
    return Math.pow(part, parameters.coveragePower());
  }

  /** How far each stands out of the episode in meaning: deviations above its mean. */
  private static <H> double[] standing(List<Candidate<H>> company) {
    double sum = 0;
    double squares = 0;
    int known = 0;
    for (Candidate<H> each : company) {
      if (!Float.isNaN(each.answering())) {
        sum += each.answering();
        squares += (double) each.answering() * each.answering();
        known++;
      }
    }
    double mean = known == 0 ? 0 : sum / known;
    double deviation = known == 0 ? 0 : Math.sqrt(Math.max(0, squares / known - mean * mean));
    double[] standing = new double[company.size()];
    for (int i = 0; i < standing.length; i++) {
      float near = company.get(i).answering();
      standing[i] = Float.isNaN(near) || deviation < LEAST ? 0 : (near - mean) / deviation;
    }
    return standing;
  }

  /**
   * Which candidates come first, by what they are themselves: of a question only such as are nearly
   * as good as the best, in a stretch that is spoken of it, one a stretch.
   */
  private <H> boolean[] first(
      List<Candidate<H>> candidates,
      double[] own,
      double[] spoken,
      boolean byTier,
      boolean byWords,
      Surroundings<H> around) {
    Integer[] byOwn = new Integer[own.length];
    Arrays.setAll(byOwn, i -> i);
    Arrays.sort(
        byOwn,
        Comparator.<Integer>comparingInt(i -> byTier ? -candidates.get(i).tier() : 0)
            .thenComparingDouble(i -> -own[i])
            .thenComparing(i -> candidates.get(i).hit(), around.inOrder()));
    boolean[] first = new boolean[own.length];
    boolean some =
        around.isQuestion() || (!byWords && around.parts() >= parameters.partsOfQuestion());
    if (!some) {
      for (int i = 0; i < Math.min(parameters.headOfOne(), own.length); i++) {
        first[byOwn[i]] = true;
      }
      return first;
    }
    double most = Arrays.stream(spoken).max().orElse(0);
    List<Diversifier.Place> taken = new ArrayList<>();
    for (int i = 0; i < own.length && taken.size() < parameters.headOfQuestion(); i++) {
      int at = byOwn[i];
      Diversifier.Place place = around.place(candidates.get(at).hit());
      boolean good =
          own[at] >= parameters.headLeast() * own[byOwn[0]]
              && spoken[at] >= parameters.headAround() * most;
      if (taken.isEmpty()
          || (good && taken.stream().noneMatch(other -> ofOneStretch(place, other)))) {
        first[at] = true;
        taken.add(place);
      }
    }
    return first;
  }

  /**
   * What is said around each moment, less the farther off, as a part of the most that is.
   *
   * @param inTime the moments by their time, those without a place first
   */
  private static double[] part(
      double[] evidence, Integer[] inTime, List<Diversifier.Place> places, double timeMs) {
    int size = evidence.length;
    double[] left = new double[size];
    double[] inOrder = new double[size];
    for (int i = 0; i < size; i++) {
      Diversifier.Place place = places.get(inTime[i]);
      inOrder[i] = evidence[inTime[i]];
      left[i] = i == 0 ? 0 : place.left(places.get(inTime[i - 1]), timeMs);
    }
    DecayedSums.sumAround(inOrder, left);
    double most = Arrays.stream(inOrder).max().orElse(0);
    double[] sums = new double[size];
    for (int i = 0; i < size; i++) {
      sums[inTime[i]] = most < LEAST ? 0 : inOrder[i] / most;
    }
    return sums;
  }

  /** Candidates in {@link #order} as they are shown: the best of each stretch first. */
  public <H> List<Scored<H>> spread(List<Scored<H>> ordered, Surroundings<H> around, int wanted)
      throws IOException {
    int stretchesOfOne =
        (int)
            (around.isQuestion() ? parameters.stretchesOfQuestion() : parameters.stretchesOfOne());
    List<Scored<H>> shown = new ArrayList<>(ordered.size());
    for (int from = 0; from < ordered.size(); ) {
      int to = from;
      while (to < ordered.size() && ordered.get(to).group() == ordered.get(from).group()) {
        to++;
      }
      int some = to < ordered.size() ? to - from : Math.max(0, wanted - shown.size());
      shown.addAll(
          Diversifier.spread(
              ordered.subList(from, to),
              some,
              each -> around.place(each.hit()),
              parameters.stretchMs(),
              stretchesOfOne));
      from = to;
    }
    return shown;
  }

  /**
   * Explains what a candidate scores.
   *
   * @param words why its words score what they do; ignored if they do not match
   */
  public static Explanation explain(Scored<?> scored, Explanation words) {
    Candidate<?> candidate = scored.candidate();
    List<Explanation> parts = new ArrayList<>();
    if (candidate.matched()) {
      parts.add(words);
    }
    parts.add(Explanation.of(scored.lift(), scored.reason().said(candidate.cosine())));
    return new Explanation(
        scored.score(),
        candidate.matched() ? "the sum of" : "no word matches; for its meaning",
        parts);
  }
}

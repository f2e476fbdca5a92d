package dev.earmark.search.spoken;

import dev.earmark.schema.Schema;
import dev.earmark.search.Explanation;
import dev.earmark.search.rank.Bm25;
import dev.earmark.search.rank.PassageScore;
import dev.earmark.search.rank.RankingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores moments as the nodes of {@link SpokenQuery} define, from frequencies and statistics, and
 * explains the scores.
 *
 * <p>This is the definition. The Lucene engine scores many moments at a time in its own way, and
 * uses this to explain; a cluster ranks for itself. Not thread-safe; one a search.
 *
 * @param <M> how an engine identifies a moment
 */
public final class QueryScorer<M extends QueryScorer.Moment> {
  private final SpokenQuery query;
  private final ScoringStatistics index;
  private final RankingModel ranking;
  private final Frequencies<M> frequencies;
  private final Map<SpokenQuery, Bm25> weights = new HashMap<>();
  private final List<SpokenQuery.Words> words = new ArrayList<>();
  private final IdentityHashMap<SpokenQuery.Words, float[]> wordWeights = new IdentityHashMap<>();

  /** For each part of words the moments of the current episode that have one. */
  private final IdentityHashMap<SpokenQuery.Words, Episode> heard = new IdentityHashMap<>();

  private float averageTerms = 1;
  private boolean explaining;

  /** A moment as it is scored. */
  public interface Moment {
    /** Whether it is placed in the recording. */
    boolean isPlaced();

    /** When it starts, in the precision of ranking. */
    long rankedStartMs();

    /** How many words it has, in the precision of ranking. */
    int length();
  }

  /** Tells how often a moment has a leaf of the query. */
  public interface Frequencies<M> {
    float of(M moment, SpokenQuery leaf) throws IOException;
  }

  private final class Episode {
    final IdentityHashMap<M, Integer> places = new IdentityHashMap<>();
    final List<PassageScore.Heard> moments = new ArrayList<>();
    float[] scores = new float[0];
  }

  public QueryScorer(
      SpokenQuery query, ScoringStatistics index, RankingModel ranking, Frequencies<M> frequencies)
      throws IOException {
    this.query = query;
    this.index = index;
    this.ranking = ranking;
    this.frequencies = frequencies;
    prepare(query, 1);
  }

  /** Finds out what the parts weigh; the boosts of words are part of their weights. */
  private void prepare(SpokenQuery part, float boost) throws IOException {
    switch (part) {
      case SpokenQuery.Bool bool -> {
        for (SpokenQuery one : bool.must()) {
          prepare(one, boost);
        }
        for (SpokenQuery one : bool.should()) {
          prepare(one, boost);
        }
      }
      case SpokenQuery.Boosted boosted -> prepare(boosted.query(), boost * boosted.by());
      case SpokenQuery.Words some -> {
        float[] weighed = new float[some.words().size()];
        for (int i = 0; i < weighed.length; i++) {
          weighed[i] = boost * weight(some.words().get(i), index, ranking);
        }
        wordWeights.put(some, weighed);
        averageTerms = index.size(Schema.TEXT_FIELD).averageTerms();
        words.add(some);
      }
      case SpokenQuery.Row row -> {
        double idf = 0;
        for (String word : row.words()) {
          idf += idf(Schema.TEXT_FIELD, index.frequency(word));
        }
        weigh(row, Schema.TEXT_FIELD, boost * (float) idf);
      }
      case SpokenQuery.Term term ->
          weigh(
              term,
              term.field(),
              boost * idf(term.field(), index.frequency(term.field(), term.term())));
      case SpokenQuery.Synonyms synonyms -> {
        int moments = 0;
        for (String word : synonyms.words().keySet()) {
          moments = Math.max(moments, index.frequency(word));
        }
        weigh(synonyms, Schema.TEXT_FIELD, boost * idf(Schema.TEXT_FIELD, moments));
      }
      default -> {
        // Matches or does not.
      }
    }
  }

  private float idf(String field, int moments) throws IOException {
    return Bm25.idf(moments, index.size(field).moments());
  }

  private void weigh(SpokenQuery part, String field, float weight) throws IOException {
    weights.put(part, ranking.bm25(weight, index.size(field).average()));
  }

  /** What a word weighs: that of its commonest form. */
  public static float weight(Forms forms, ScoringStatistics index, RankingModel ranking)
      throws IOException {
    int moments = 0;
    for (String term : forms.terms()) {
      moments = Math.max(moments, index.frequency(term));
    }
    long all = index.size(Schema.TEXT_FIELD).moments();
    return ranking.passages().weight(forms.importance(), moments, Math.max(1, all));
  }

  /**
   * Hears what is said in an episode; scores are then of its moments.
   *
   * @param episode all its moments that have a word of the query, in their order
   */
  public void hear(List<M> episode) throws IOException {
    for (SpokenQuery.Words some : words) {
      Episode in = new Episode();
      for (M moment : episode) {
        float[] often = new float[some.words().size()];
        boolean any = false;
        for (int word = 0; word < often.length; word++) {
          Forms forms = some.words().get(word);
          for (int form = 0; form < forms.terms().size(); form++) {
            float frequency = frequencies.of(moment, textTerm(forms.terms().get(form)));
            if (frequency > 0) {
              often[word] += forms.weights().get(form) * frequency;
              any = true;
            }
          }
        }
        if (any) {
          in.places.put(moment, in.moments.size());
          in.moments.add(
              new PassageScore.Heard(
                  moment.isPlaced(), moment.rankedStartMs(), moment.length(), often));
        }
      }
      float[] weighed = wordWeights.get(some);
      if (weighed != null) {
        in.scores = ranking.passages().of(in.moments, weighed, averageTerms);
      }
      heard.put(some, in);
    }
  }

  private static SpokenQuery.Term textTerm(String term) {
    return new SpokenQuery.Term(Schema.TEXT_FIELD, term);
  }

  /** The score of a hit of the episode heard last, before its prior. */
  public float score(M moment) throws IOException {
    explaining = false;
    Explanation score = score(query, moment, 1);
    return score == null ? 0 : (float) score.value();
  }

  /** Why a hit of the episode heard last scores that. */
  public Explanation explain(M moment) throws IOException {
    explaining = true;
    Explanation score = score(query, moment, 1);
    return score == null ? Explanation.of(0, "does not match") : score;
  }

  private Explanation of(double value, Supplier<String> description) {
    return Explanation.of(value, explaining ? description.get() : "");
  }

  private @Nullable Explanation score(SpokenQuery part, M moment, float boost) throws IOException {
    return switch (part) {
      case SpokenQuery.All all -> of(boost, () -> "any moment");
      case SpokenQuery.None none -> null;
      case SpokenQuery.Bool bool -> bool(bool, moment, boost);
      case SpokenQuery.Words some -> words(some, moment);
      case SpokenQuery.Together together ->
          frequencies.of(moment, together) > 0 ? of(0, () -> "the words come together") : null;
      case SpokenQuery.Row row ->
          bm25(
              row,
              frequencies.of(moment, row),
              moment.length(),
              '"' + String.join(" ", row.words()) + '"');
      case SpokenQuery.Term term ->
          bm25(
              term,
              frequencies.of(moment, term),
              term.field().equals(Schema.TEXT_FIELD) ? moment.length() : 1,
              term.field().equals(Schema.CONTEXT_FIELD)
                  ? term.term() + " in a title or heading"
                  : term.term());
      case SpokenQuery.Synonyms synonyms -> {
        float frequency = 0;
        for (Map.Entry<String, Float> one : synonyms.words().entrySet()) {
          frequency += one.getValue() * frequencies.of(moment, textTerm(one.getKey()));
        }
        yield bm25(
            synonyms, frequency, moment.length(), String.join(" or ", synonyms.words().keySet()));
      }
      case SpokenQuery.AnyTerm any ->
          present(any, moment, boost, () -> any.field() + " " + String.join(" or ", any.terms()));
      case SpokenQuery.Prefix prefix ->
          present(prefix, moment, boost, () -> "a word that begins with " + prefix.prefix());
      case SpokenQuery.Range range ->
          present(range, moment, boost, () -> "within " + range.field());
      case SpokenQuery.Boosted boosted -> score(boosted.query(), moment, boost * boosted.by());
      case SpokenQuery.Constant constant -> {
        Explanation inner = score(constant.query(), moment, 1);
        yield inner == null ? null : of(boost * constant.score(), inner::description);
      }
    };
  }

  private @Nullable Explanation words(SpokenQuery.Words some, M moment) throws IOException {
    Episode episode = heard.get(some);
    float[] weighed = wordWeights.get(some);
    if (episode == null || weighed == null) {
      return anyOf(some, moment);
    }
    Integer at = episode.places.get(moment);
    if (at == null) {
      return null;
    }
    return explaining
        ? explainWords(some, episode, at, weighed)
        : Explanation.of(episode.scores[at], "");
  }

  /** By the definition, rather than by what was summed up for all moments at once. */
  private Explanation explainWords(
      SpokenQuery.Words some, Episode episode, int at, float[] weighed) {
    PassageScore passages = ranking.passages();
    double norm = passages.norm(episode.moments.get(at).length(), averageTerms);
    double sum = 0;
    List<Explanation> each = new ArrayList<>();
    for (int word = 0; word < weighed.length; word++) {
      PassageScore.Features features = passages.features(episode.moments, at, word);
      if (features.block() == 0 && features.own() == 0) {
        continue;
      }
      Explanation said = passages.explain(features, norm);
      Explanation weight =
          Explanation.of(weighed[word], "weight of the word, more the rarer it is");
      double value = weighed[word] * said.value();
      sum += value;
      each.add(
          new Explanation(
              value,
              some.words().get(word).terms().getFirst() + ", the product of",
              List.of(weight, said)));
    }
    return new Explanation(sum, "words in and around the moment, the sum of", each);
  }

  /** Words that only have to match, or must not. */
  private @Nullable Explanation anyOf(SpokenQuery.Words some, M moment) throws IOException {
    for (Forms forms : some.words()) {
      for (String term : forms.terms()) {
        if (frequencies.of(moment, textTerm(term)) > 0) {
          return of(0, () -> forms.terms().getFirst());
        }
      }
    }
    return null;
  }

  private @Nullable Explanation present(
      SpokenQuery leaf, M moment, float score, Supplier<String> what) throws IOException {
    return frequencies.of(moment, leaf) > 0 ? of(score, what) : null;
  }

  private @Nullable Explanation bm25(SpokenQuery part, float frequency, int length, String what) {
    if (frequency == 0) {
      return null;
    }
    Bm25 weight = weights.get(part);
    if (weight == null) {
      // What is only a filter has no weight, and no score.
      return of(0, () -> what);
    }
    if (!explaining) {
      return Explanation.of(weight.score(frequency, length), "");
    }
    return new Explanation(
        weight.score(frequency, length),
        what + ", by BM25",
        List.of(
            Explanation.of(weight.weight(), "weight, more the rarer it is"),
            Explanation.of(frequency, "how often it is there"),
            Explanation.of(length, "length in words"),
            Explanation.of(weight.averageLength(), "average length")));
  }

  private @Nullable Explanation bool(SpokenQuery.Bool bool, M moment, float boost)
      throws IOException {
    for (SpokenQuery not : bool.mustNot()) {
      if (score(not, moment, 1) != null) {
        return null;
      }
    }
    for (SpokenQuery filter : bool.filter()) {
      if (score(filter, moment, 1) == null) {
        return null;
      }
    }
    List<Explanation> parts = new ArrayList<>();
    double must = 0;
    for (SpokenQuery one : bool.must()) {
      Explanation score = score(one, moment, boost);
      if (score == null) {
        return null;
      }
      must += (float) score.value();
      parts.add(score);
    }
    double may = 0;
    int matching = 0;
    for (SpokenQuery one : bool.should()) {
      Explanation score = score(one, moment, boost);
      if (score != null) {
        may += (float) score.value();
        matching++;
        parts.add(score);
      }
    }
    if (matching < bool.needed()) {
      return null;
    }
    double sum = (float) must + (float) may;
    if (!explaining) {
      return Explanation.of(sum, "");
    }
    parts.removeIf(part -> part.value() == 0);
    return parts.size() == 1 ? parts.getFirst() : new Explanation(sum, "the sum of", parts);
  }
}

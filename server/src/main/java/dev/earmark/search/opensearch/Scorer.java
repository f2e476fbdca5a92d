package dev.earmark.search.opensearch;

import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Bm25;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.SpokenScore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores moments by what {@link SpokenQuery} says its nodes are worth, from how often they have its
 * leaves and from counts of the whole index. Not thread-safe; one a search.
 */
final class Scorer {
  private static final float NO_MATCH = Float.NaN;

  private final SpokenQuery query;
  private final Leaves leaves;
  private final Dsl dsl;
  private final OpenSearchIndexStatistics index;
  private final Session session;
  private final Map<SpokenQuery, Bm25> weights = new HashMap<>();
  private final List<SpokenQuery.Words> words = new ArrayList<>();

  /** For each part of words the scores of the moments of the current episode. */
  private final IdentityHashMap<SpokenQuery.Words, IdentityHashMap<Candidate, Float>> heard =
      new IdentityHashMap<>();

  private final IdentityHashMap<SpokenQuery.Words, SpokenScore> spoken = new IdentityHashMap<>();

  Scorer(
      SpokenQuery query, Leaves leaves, Dsl dsl, OpenSearchIndexStatistics index, Session session) {
    this.query = query;
    this.leaves = leaves;
    this.dsl = dsl;
    this.index = index;
    this.session = session;
    index.lookUp(leaves);
    prepare(query, 1);
  }

  /** Finds out what the parts weigh; the boosts of words are part of their weights. */
  private void prepare(SpokenQuery part, float boost) {
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
          weighed[i] = boost * weight(some.words().get(i));
        }
        Snapshot.Size size = session.snapshot().size(session, Schema.TEXT_FIELD);
        spoken.put(some, new SpokenScore(weighed, average(size)));
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

  /** As Lucene's embedded search has it: by how many terms, and so stems too, there are. */
  private static float average(Snapshot.Size size) {
    return size.moments() == 0 ? 1 : (float) size.terms() / size.moments();
  }

  private float idf(String field, int moments) {
    return Bm25.idf(moments, session.snapshot().size(session, field).moments());
  }

  private void weigh(SpokenQuery part, String field, float weight) {
    weights.put(part, new Bm25(weight, session.snapshot().size(session, field).average()));
  }

  /** What a word weighs: that of its commonest form. */
  float weight(Forms forms) {
    int moments = 0;
    for (String term : forms.terms()) {
      moments = Math.max(moments, index.frequency(term));
    }
    long all = session.snapshot().size(session, Schema.TEXT_FIELD).moments();
    return SpokenScore.weight(forms.importance(), moments, Math.max(1, all));
  }

  /**
   * Hears what is said in an episode; scores are then of its moments.
   *
   * @param episode all its moments that have a word of the query, in their order
   */
  void hear(List<Candidate> episode) {
    for (SpokenQuery.Words some : words) {
      List<Candidate> having = new ArrayList<>();
      List<SpokenScore.Heard> moments = new ArrayList<>();
      for (Candidate candidate : episode) {
        float[] frequencies = new float[some.words().size()];
        boolean any = false;
        for (int word = 0; word < frequencies.length; word++) {
          Forms forms = some.words().get(word);
          for (int form = 0; form < forms.terms().size(); form++) {
            float frequency =
                candidate.frequency(leaves.number(Leaves.textTerm(forms.terms().get(form))));
            if (frequency > 0) {
              frequencies[word] += forms.weights().get(form) * frequency;
              any = true;
            }
          }
        }
        if (any) {
          having.add(candidate);
          moments.add(
              new SpokenScore.Heard(
                  candidate.isPlaced(),
                  candidate.rankedStartMs(),
                  candidate.length(),
                  frequencies));
        }
      }
      IdentityHashMap<Candidate, Float> scores = new IdentityHashMap<>();
      SpokenScore score = spoken.get(some);
      if (score != null) {
        float[] of = score.of(moments);
        for (int i = 0; i < of.length; i++) {
          scores.put(having.get(i), of[i]);
        }
      }
      heard.put(some, scores);
    }
  }

  /** The score of a hit of the episode heard last, before its prior. */
  float score(Candidate candidate) {
    float score = score(query, candidate, 1);
    return Float.isNaN(score) ? 0 : score;
  }

  private float score(SpokenQuery part, Candidate candidate, float boost) {
    return switch (part) {
      case SpokenQuery.All all -> boost;
      case SpokenQuery.None none -> NO_MATCH;
      case SpokenQuery.Bool bool -> bool(bool, candidate, boost);
      case SpokenQuery.Words some -> {
        IdentityHashMap<Candidate, Float> scores = heard.get(some);
        yield scores == null ? anyOf(some, candidate) : scores.getOrDefault(candidate, NO_MATCH);
      }
      case SpokenQuery.Row row ->
          bm25(
              row,
              dsl.isHidden(row)
                  ? dsl.frequency(row, candidate.id())
                  : candidate.frequency(leaves.number(row)),
              candidate.length());
      case SpokenQuery.Term term ->
          bm25(
              term,
              candidate.frequency(leaves.number(term)),
              term.field().equals(Schema.TEXT_FIELD) ? candidate.length() : 1);
      case SpokenQuery.Synonyms synonyms -> {
        float frequency = 0;
        for (Map.Entry<String, Float> one : synonyms.words().entrySet()) {
          frequency +=
              one.getValue() * candidate.frequency(leaves.number(Leaves.textTerm(one.getKey())));
        }
        yield bm25(synonyms, frequency, candidate.length());
      }
      case SpokenQuery.AnyTerm any -> present(any, candidate, boost);
      case SpokenQuery.Prefix prefix -> present(prefix, candidate, boost);
      case SpokenQuery.Range range -> present(range, candidate, boost);
      case SpokenQuery.Boosted boosted -> score(boosted.query(), candidate, boost * boosted.by());
      case SpokenQuery.Constant constant ->
          Float.isNaN(score(constant.query(), candidate, 1)) ? NO_MATCH : boost * constant.score();
    };
  }

  /** Words that only have to match, or must not. */
  private float anyOf(SpokenQuery.Words some, Candidate candidate) {
    for (Forms forms : some.words()) {
      for (String term : forms.terms()) {
        if (candidate.frequency(leaves.number(Leaves.textTerm(term))) > 0) {
          return 0;
        }
      }
    }
    return NO_MATCH;
  }

  private float present(SpokenQuery leaf, Candidate candidate, float score) {
    return candidate.frequency(leaves.number(leaf)) > 0 ? score : NO_MATCH;
  }

  private float bm25(SpokenQuery part, float frequency, int length) {
    if (frequency == 0) {
      return NO_MATCH;
    }
    Bm25 weight = weights.get(part);
    // What is only a filter has no weight, and no score.
    return weight == null ? 0 : weight.score(frequency, length);
  }

  private float bool(SpokenQuery.Bool bool, Candidate candidate, float boost) {
    for (SpokenQuery not : bool.mustNot()) {
      if (!Float.isNaN(score(not, candidate, 1))) {
        return NO_MATCH;
      }
    }
    for (SpokenQuery filter : bool.filter()) {
      if (Float.isNaN(score(filter, candidate, 1))) {
        return NO_MATCH;
      }
    }
    double must = 0;
    for (SpokenQuery one : bool.must()) {
      float score = score(one, candidate, boost);
      if (Float.isNaN(score)) {
        return NO_MATCH;
      }
      must += score;
    }
    double may = 0;
    int matching = 0;
    for (SpokenQuery one : bool.should()) {
      float score = score(one, candidate, boost);
      if (!Float.isNaN(score)) {
        may += score;
        matching++;
      }
    }
    return matching < bool.needed() ? NO_MATCH : (float) must + (float) may;
  }
}

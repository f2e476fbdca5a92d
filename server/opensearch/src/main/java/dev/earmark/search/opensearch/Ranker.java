package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.HeardAs;
import dev.earmark.schema.Schema;
import dev.earmark.search.Explanation;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.opensearch.Ranking.Ranked;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.rank.Reranker;
import dev.earmark.search.rank.TermProximity;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.QueryScorer;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ranks hits as the Lucene engine does; see the package documentation. Not thread-safe; one a
 * search.
 */
final class Ranker {
  /** So many moments are read to be ranked, hits and what else is said around them. */
  static final int MOST_READ = 4_000;

  /** Of so many episodes the best are taken. */
  static final int MOST_EPISODES = 400;

  private static final Comparator<Scored> IN_ORDER =
      Comparator.<Scored, String>comparing(one -> one.candidate.episode())
          .thenComparingInt(one -> one.candidate.ordinal());

  /** Best first; ties by the id of the episode, then in its order. */
  private static final Comparator<Scored> BEST_FIRST =
      Comparator.<Scored>comparingInt(one -> -one.tier)
          .thenComparingDouble(one -> -one.score)
          .thenComparing(IN_ORDER);

  private final Session session;
  private final QueryPlan plan;
  private final OpenSearchIndexStatistics speech;
  private final Leaves leaves;
  private final Dsl dsl;
  private final QueryScorer<Candidate> scorer;
  private final RankingModel ranking;
  private final int mostRead;

  private record Scored(Candidate candidate, int tier, float score) {}

  Ranker(
      Session session,
      Dsl dsl,
      QueryPlan plan,
      OpenSearchIndexStatistics speech,
      RankingModel ranking,
      int mostRead)
      throws IOException {
    this.ranking = ranking;
    this.mostRead = mostRead;
    this.session = session;
    this.dsl = dsl;
    this.plan = plan;
    this.speech = speech;
    this.leaves = new Leaves(plan, dsl);
    speech.lookUp(leaves);
    this.scorer = new QueryScorer<>(plan.query(), speech, ranking, this::frequency);
    Map<Forms, Float> weights = new HashMap<>();
    for (Forms forms : plan.words()) {
      weights.put(forms, QueryScorer.weight(forms, speech, ranking));
    }
    dsl.weigh(forms -> weights.getOrDefault(forms, forms.importance()));
  }

  private float frequency(Candidate candidate, SpokenQuery leaf) {
    if (leaf instanceof SpokenQuery.Together together) {
      return dsl.meetings(together).contains(candidate.id()) ? 1 : 0;
    }
    return leaf instanceof SpokenQuery.Row row && dsl.isHidden(row)
        ? dsl.frequency(row, candidate.id())
        : candidate.frequency(leaves.number(leaf));
  }

  private int tier(Candidate candidate) {
    int tier = 0;
    for (SpokenQuery exact : plan.exact()) {
      tier += candidate.frequency(leaves.number(exact)) > 0 ? 1 : 0;
    }
    return tier;
  }

  /** A hit or anything that is said around one: moments that have a word of the query. */
  ObjectNode union(ObjectNode hits) {
    if (leaves.wordTerms().isEmpty()) {
      return hits;
    }
    Map<String, List<String>> byField = new LinkedHashMap<>();
    for (String term : leaves.wordTerms()) {
      byField
          .computeIfAbsent(Dsl.field(Schema.TEXT_FIELD, term), key -> new ArrayList<>())
          .add(Dsl.written(Schema.TEXT_FIELD, term));
    }
    List<ObjectNode> any = new ArrayList<>();
    any.add(hits);
    byField.forEach((field, terms) -> any.add(Dsl.terms(field, terms)));
    return Json.object("bool", Json.object("should", Json.array(any), "minimum_should_match", 1));
  }

  /**
   * Ranks all hits, or those of the episodes with the best at a first glance.
   *
   * @param hits what is a hit
   * @param unionTotal how many moments {@link #union} has
   * @param glance the hits with the scores of the first glance
   */
  Ranking rank(SearchRequest request, ObjectNode hits, long unionTotal, ObjectNode glance)
      throws IOException {
    boolean all = unionTotal <= mostRead;
    if (!all && request.sort() != SearchRequest.Sort.RELEVANCE) {
      return Ranking.NONE;
    }
    Set<String> episodes = all ? null : bestEpisodes(glance, union(hits));
    List<Scored> scored = score(read(hits, episodes));
    scored.sort(BEST_FIRST);
    if (isReranked(request)) {
      scored = rerank(scored);
    } else if (!request.byEpisode()) {
      scored.sort(order(request.sort()));
    }
    List<Ranked> ranked =
        scored.stream()
            .map(one -> new Ranked(one.candidate.episode(), one.candidate.ordinal(), one.score))
            .toList();
    Set<String> ranking = new HashSet<>();
    ranked.forEach(hit -> ranking.add(hit.episode()));
    return new Ranking(ranked, episodes == null ? ranking : episodes, all);
  }

  /**
   * Why hits score what they do; of those that are not ranked here only the cluster could tell.
   *
   * @param momentIds whatever is not ranked is left out
   */
  Map<String, Explanation> explain(
      SearchRequest request,
      ObjectNode hits,
      long unionTotal,
      ObjectNode glance,
      Collection<String> momentIds)
      throws IOException {
    Set<String> episodes = unionTotal <= mostRead ? null : bestEpisodes(glance, union(hits));
    List<Candidate> candidates = read(hits, episodes);
    List<Scored> scored = score(candidates);
    scored.sort(BEST_FIRST);
    Map<String, Reranker.Ranked<Scored>> again = new HashMap<>();
    if (isReranked(request)) {
      reranked(scored).forEach(one -> again.put(one.hit().candidate.id(), one));
    }
    Map<String, Explanation> explained = new LinkedHashMap<>();
    for (String id : momentIds) {
      for (Scored one : scored) {
        // The number of a moment within its episode is its own, whatever its source is called.
        if (id.startsWith(one.candidate.episode() + ':')
            && id.endsWith(":" + one.candidate.ordinal())) {
          scorer.hear(
              candidates.stream()
                  .filter(each -> each.episode().equals(one.candidate.episode()))
                  .toList());
          explained.put(
              id,
              Reranker.explain(
                  scorer.explain(one.candidate),
                  ranking.prior().explain(one.candidate.evidence()),
                  plan.exact().isEmpty() ? null : one.tier,
                  again.get(one.candidate.id())));
        }
      }
    }
    return explained;
  }

  private boolean isReranked(SearchRequest request) {
    return request.sort() == SearchRequest.Sort.RELEVANCE
        && !request.byEpisode()
        && !plan.patterns().isEmpty();
  }

  /** The order of hits; ties by score, which they are in already. */
  private static Comparator<Scored> order(SearchRequest.Sort sort) {
    return switch (sort) {
      case RELEVANCE -> BEST_FIRST;
      case NEWEST ->
          Comparator.comparing(
              one -> one.candidate.date(), Comparator.nullsLast(Comparator.reverseOrder()));
      case OLDEST ->
          Comparator.comparing(
              one -> one.candidate.date(), Comparator.nullsLast(Comparator.naturalOrder()));
      case TIME ->
          Comparator.comparing(
              one -> one.candidate.startMs(), Comparator.nullsLast(Comparator.naturalOrder()));
    };
  }

  /** The episodes with the best hits at a first glance, as many as can be read. */
  private Set<String> bestEpisodes(ObjectNode glance, ObjectNode union) {
    ObjectNode best =
        Json.object(
            "terms",
            Json.object(
                "field",
                Schema.EPISODE,
                "size",
                MOST_EPISODES,
                "shard_size",
                MOST_EPISODES,
                "order",
                Json.array(Json.object("best", "desc"), Json.object("_key", "asc"))),
            "aggs",
            Json.object(
                "best",
                Json.object("max", Json.object("script", Json.object("source", "_score")))));
    ObjectNode search = Json.object("size", 0, "track_total_hits", false, "query", glance);
    search.set("aggs", Json.object("episodes", best));
    List<String> inOrder = new ArrayList<>();
    session
        .ask(search)
        .at("/aggregations/episodes/buckets")
        .forEach(bucket -> inOrder.add(bucket.path("key").asText()));
    Map<String, Integer> sizes = sizes(inOrder, union);
    Set<String> taken = new LinkedHashSet<>();
    int sum = 0;
    for (String episode : inOrder) {
      sum += sizes.getOrDefault(episode, 0);
      if (sum > mostRead && !taken.isEmpty()) {
        break;
      }
      taken.add(episode);
    }
    return taken;
  }

  private Map<String, Integer> sizes(List<String> episodes, ObjectNode union) {
    if (episodes.isEmpty()) {
      return Map.of();
    }
    ObjectNode search =
        Json.object(
            "size",
            0,
            "track_total_hits",
            false,
            "query",
            Dsl.all(List.of(union, Dsl.terms(Schema.EPISODE, episodes))));
    search.set(
        "aggs",
        Json.object(
            "episodes",
            Json.object("terms", Json.object("field", Schema.EPISODE, "size", MOST_EPISODES))));
    Map<String, Integer> sizes = new HashMap<>();
    for (JsonNode bucket : session.ask(search).at("/aggregations/episodes/buckets")) {
      sizes.put(bucket.path("key").asText(), bucket.path("doc_count").asInt());
    }
    return sizes;
  }

  /** Reads the moments that hits are ranked by, in the order of their episodes. */
  private List<Candidate> read(ObjectNode hits, @Nullable Set<String> episodes) {
    List<ObjectNode> filters = new ArrayList<>(List.of(Dsl.moments(), union(hits)));
    if (episodes != null) {
      filters.add(Dsl.terms(Schema.EPISODE, episodes));
    }
    Map<String, Candidate> read = new LinkedHashMap<>();
    int from = 0;
    do {
      int to = leaves.end(from);
      ObjectNode search =
          Json.object(
              "query",
              Json.object(
                  "bool",
                  Json.object(
                      "filter",
                      Json.array(filters),
                      "should",
                      Json.array(leaves.named(from, to, hits)))),
              "stored_fields",
              "_none_",
              "docvalue_fields",
              Json.array(Candidate.COLUMNS),
              "sort",
              Session.byPlace());
      session.each(
          search,
          hit -> {
            Candidate one = new Candidate(hit, leaves.size());
            Candidate known = read.putIfAbsent(one.id(), one);
            leaves.read(hit, known == null ? one : known);
          });
      from = to;
    } while (from < leaves.size());
    return List.copyOf(read.values());
  }

  /** The scores of those that are hits. */
  private List<Scored> score(List<Candidate> candidates) throws IOException {
    List<Scored> scored = new ArrayList<>();
    boolean ranked = !plan.patterns().isEmpty();
    for (int from = 0; from < candidates.size(); ) {
      int to = from;
      while (to < candidates.size()
          && candidates.get(to).episode().equals(candidates.get(from).episode())) {
        to++;
      }
      List<Candidate> episode = candidates.subList(from, to);
      scorer.hear(episode);
      for (Candidate candidate : episode) {
        if (candidate.isHit()) {
          float score = scorer.score(candidate);
          scored.add(
              new Scored(
                  candidate,
                  tier(candidate),
                  ranked ? (float) (score * ranking.prior().of(candidate.evidence())) : score));
        }
      }
      from = to;
    }
    return scored;
  }

  /** Puts the best hits in the order in which they are shown. */
  private List<Scored> rerank(List<Scored> byScore) throws IOException {
    List<Scored> shown = new ArrayList<>();
    for (Reranker.Ranked<Scored> one : reranked(byScore)) {
      shown.add(new Scored(one.hit().candidate, one.tier(), one.score()));
    }
    return shown;
  }

  private List<Reranker.Ranked<Scored>> reranked(List<Scored> byScore) throws IOException {
    int looked = Math.min(ranking.reranker().depth(), byScore.size());
    return ranking.reranker().rerank(byScore, new Features(byScore.subList(0, looked)), looked);
  }

  /** What is known of hits that are ranked again; texts are read at once, for all of them. */
  private final class Features implements Reranker.Features<Scored> {
    private final Pairs pairs = new Pairs(plan.evidence(), speech, ranking.proximity());
    private final Map<String, StoredMoment> texts;

    Features(List<Scored> best) {
      texts =
          plan.evidence().isEmpty()
              ? Map.of()
              : session.moments(best.stream().map(one -> one.candidate.id()).toList());
    }

    @Override
    public Comparator<Scored> inOrder() {
      return IN_ORDER;
    }

    @Override
    public int tier(Scored hit) {
      return hit.tier;
    }

    @Override
    public float score(Scored hit) {
      return hit.score;
    }

    @Override
    public Diversifier.Place place(Scored hit) {
      return new Diversifier.Place(
          hit.candidate.episode(), hit.candidate.isPlaced(), hit.candidate.rankedStartMs());
    }

    @Override
    public double prior(Scored hit) {
      return ranking.prior().of(hit.candidate.evidence());
    }

    @Override
    public boolean hasMore() {
      return plan.named() != null || !plan.evidence().isEmpty();
    }

    @Override
    public float proximity(Scored hit) {
      StoredMoment text = texts.get(hit.candidate.id());
      return text == null ? 0 : pairs.worth(text);
    }

    @Override
    public boolean named(Scored hit) {
      return plan.named() != null && hit.candidate.frequency(leaves.number(plan.named())) > 0;
    }

    @Override
    public boolean isQuestion() {
      return plan.question();
    }

    @Override
    public boolean comparable() {
      return plan.nearOnly() == null;
    }
  }

  /** The proximity scores of moments. */
  private static final class Pairs {
    private final List<List<Forms>> evidence = new ArrayList<>();
    private final List<float[]> weights = new ArrayList<>();
    private final Map<String, Stemmer> stemmers = new HashMap<>();

    private final TermProximity proximity;

    Pairs(List<List<Forms>> all, OpenSearchIndexStatistics speech, TermProximity proximity) {
      this.proximity = proximity;
      for (List<Forms> words : all) {
        List<Forms> some = words.subList(0, Math.min(words.size(), proximity.mostWords()));
        float[] idf = new float[some.size()];
        float[] importances = new float[some.size()];
        for (int i = 0; i < idf.length; i++) {
          importances[i] = some.get(i).importance();
          int moments = 0;
          for (String term : some.get(i).terms()) {
            moments = Math.max(moments, speech.frequency(term));
          }
          idf[i] = TermProximity.idf(moments, speech.documents());
        }
        evidence.add(some);
        weights.add(TermProximity.weights(importances, idf));
      }
    }

    float worth(StoredMoment stored) {
      String language = Stemmer.primary(stored.language());
      Stemmer stemmer = stemmers.computeIfAbsent(language, Stemmer::forLanguage);
      String[] folded = Words.of(stored.moment().text()).folded();
      List<List<String>> heard = HeardAs.of(stored.moment(), folded.length);
      List<Set<String>> there = new ArrayList<>();
      for (int i = 0; i < folded.length; i++) {
        Set<String> said = new HashSet<>(heard.isEmpty() ? List.of() : heard.get(i));
        said.add(SpokenTerms.bounded(folded[i]));
        Set<String> all = new HashSet<>(said);
        for (String word : said) {
          String stem = SpokenTerms.isWord(word) ? stemmer.stem(word) : word;
          if (!stem.equals(word)) {
            all.add(SpokenTerms.stemTerm(language, stem));
          }
        }
        there.add(all);
      }
      float sum = 0;
      for (int part = 0; part < evidence.size(); part++) {
        List<Forms> words = evidence.get(part);
        int[][] positions = new int[words.size()][];
        for (int word = 0; word < positions.length; word++) {
          Set<String> terms = new HashSet<>(words.get(word).terms());
          positions[word] =
              java.util.stream.IntStream.range(0, folded.length)
                  .filter(i -> !Collections.disjoint(there.get(i), terms))
                  .toArray();
        }
        float more = 0;
        for (int first = 0; first + 1 < positions.length; first++) {
          int[] one = positions[first];
          int[] other = positions[first + 1];
          if (one.length > 0 && other.length > 0) {
            more +=
                weights.get(part)[first] * proximity.worth(one, one.length, other, other.length);
          }
        }
        sum += more;
      }
      return sum;
    }
  }
}

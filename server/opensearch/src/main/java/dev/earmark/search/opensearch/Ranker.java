package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.search.Explanation;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.opensearch.Ranking.Ranked;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.rank.Reranker;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.rank.SecondLook.Scored;
import dev.earmark.search.rank.TermProximity;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.QueryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranks hits: the cluster scores them by what is said in and around them, and the best {@value
 * #BEST} are put into their final order here, with what {@link dev.earmark.search.rank} knows
 * beside words: what they are worth before anything is asked, whether a named speaker has the
 * floor, and that one stretch of speech is listed once. Not thread-safe; one a search.
 */
final class Ranker {
  /** So many of the cluster's best hits are ranked again; the others follow in its order. */
  static final int BEST = 100;

  private static final String NAMED = "named";
  private static final String TIER = "tier";

  private static final Comparator<Candidate> IN_ORDER =
      Comparator.comparing(Candidate::episode).thenComparingInt(Candidate::ordinal);

  private final QueryPlan plan;
  private final RankingModel ranking;
  private final ObjectNode query;
  private final int best;

  /**
   * Whether more counts than how a phrase is said in a moment, so that what is rare has to weigh
   * the same in all shards.
   */
  private final boolean weighed;

  /** Whether hits are looked at twice: of several words inside one episode. */
  private final boolean again;

  /**
   * @param around tells what stands around moments for the words of the query
   * @param ofOneEpisode whether all that may be listed is of one episode
   * @param best so many hits are ranked again
   */
  Ranker(
      QueryPlan plan,
      Dsl dsl,
      AroundTerms around,
      RankingModel ranking,
      boolean ofOneEpisode,
      int best) {
    this.plan = plan;
    this.ranking = ranking;
    this.best = best;
    this.again = ofOneEpisode && plan.parts().size() > 1;
    List<ObjectNode> lifting = around.lifting(plan.query());
    long asked = plan.patterns().stream().map(Pattern::name).distinct().count();
    this.weighed = !ofOneEpisode && (!lifting.isEmpty() || asked > 1);
    this.query = query(plan, dsl, around, lifting);
  }

  /**
   * What matches, with the scores of the cluster.
   *
   * @param words what lifts moments in or around which words are said
   */
  private ObjectNode query(QueryPlan plan, Dsl dsl, AroundTerms around, List<ObjectNode> words) {
    List<ObjectNode> lifting = new ArrayList<>(words);
    lifting.addAll(pairs(around));
    for (int i = 0; i < plan.exact().size(); i++) {
      // Of a higher tier is first whatever it scores, so that it is among the best.
      ObjectNode tier =
          Dsl.constant(dsl.filter(plan.exact().get(i)), ranking.parameters().firstPassExact());
      ((ObjectNode) tier.path("constant_score")).put("_name", TIER + i);
      lifting.add(tier);
    }
    if (plan.named() != null) {
      ObjectNode named = Dsl.constant(dsl.filter(plan.named()), 0);
      ((ObjectNode) named.path("constant_score")).put("_name", NAMED);
      lifting.add(named);
    }
    ObjectNode matching =
        dsl.ranked(
            plan.query(),
            term ->
                around.isGrammar(term)
                    ? ranking.parameters().firstPassGrammar()
                    : around.isAlone(term) ? 1 : 0);
    return lifting.isEmpty()
        ? matching
        : Json.object(
            "bool", Json.object("must", Json.array(matching), "should", Json.array(lifting)));
  }

  /**
   * What lifts moments in which two words of the query stand in a row or near each other, as {@link
   * TermProximity} has it; only as they are typed, since stems have no places in the index. Two
   * function words are no pair: they tell nothing, and have the most places to read.
   */
  private List<ObjectNode> pairs(AroundTerms around) {
    RankingParameters parameters = ranking.parameters();
    double both = parameters.orderedPair() + parameters.unorderedPair();
    int gaps = (int) parameters.pairWindow() - 2;
    List<ObjectNode> pairs = new ArrayList<>();
    for (List<Forms> words : plan.evidence()) {
      for (int i = 0; i + 1 < words.size() && pairs.size() < parameters.mostPairs(); i++) {
        String one = words.get(i).terms().getFirst();
        String other = words.get(i + 1).terms().getFirst();
        if (!around.isGrammar(one) || !around.isGrammar(other)) {
          double importance = words.get(i).importance() * words.get(i + 1).importance();
          pairs.add(Dsl.pair(one, other, gaps, both * Math.sqrt(importance)));
        }
      }
    }
    return pairs;
  }

  ObjectNode query() {
    return query;
  }

  /** Asks for the best hits. */
  ObjectNode search(ObjectNode narrowed) {
    return scored(
        Json.object(
            "size",
            best,
            "track_total_hits",
            false,
            "query",
            narrowed,
            "stored_fields",
            "_none_",
            "docvalue_fields",
            Candidate.FIELDS));
  }

  /**
   * A search that scores as hits are ranked. A word weighs the same everywhere: a talk lies in one
   * shard, so its subject is common there and rare in others.
   */
  ObjectNode scored(ObjectNode search) {
    return weighed ? Session.scoredByAll(search) : search;
  }

  private List<Candidate> candidates(JsonNode answer) {
    List<Candidate> all = new ArrayList<>();
    answer.at("/hits/hits").forEach(hit -> all.add(Candidate.of(hit)));
    return all;
  }

  /**
   * The best hits.
   *
   * @param after where the others begin in the order of the cluster; null if there are none
   */
  private record Best(List<Candidate> hits, @Nullable ArrayNode after) {}

  /**
   * The best hits by the answer to a {@link #search}, without those that score as little as the
   * last: of these there may be more. To have them sorted by their places takes longer, and is
   * asked for only if too few would be left.
   */
  private Best best(JsonNode answer, ObjectNode narrowed, Session session) {
    List<Candidate> all = candidates(answer);
    if (all.size() < best) {
      return new Best(all, null);
    }
    float lowest = all.getLast().score();
    List<Candidate> higher = all.stream().filter(hit -> hit.score() > lowest).toList();
    if (higher.size() >= Math.max(1, best / 4)) {
      return new Best(higher, Candidate.before(lowest));
    }
    List<Candidate> sorted = candidates(session.ask(sorted(search(narrowed))));
    return new Best(sorted, sorted.size() < best ? null : sorted.getLast().sort());
  }

  private static ObjectNode sorted(ObjectNode search) {
    return search.set("sort", Candidate.order());
  }

  /**
   * Puts the best hits into their final order.
   *
   * @param answer what the cluster answered to {@link #search}
   * @param narrowed the query and what narrows it
   */
  Ranking rank(JsonNode answer, ObjectNode narrowed, Session session) throws IOException {
    Best candidates = best(answer, narrowed, session);
    List<Ranked> ranked = new ArrayList<>();
    List<Reranker.Ranked<Candidate>> inOrder = reranked(candidates.hits());
    if (again) {
      Features features = new Features();
      SecondLook look = ranking.secondLook();
      for (Scored<Candidate> one : look.spread(lookedAt(inOrder), features, inOrder.size())) {
        ranked.add(new Ranked(one.hit().episode(), one.hit().ordinal(), one.score()));
      }
    } else {
      for (Reranker.Ranked<Candidate> one : inOrder) {
        ranked.add(new Ranked(one.hit().episode(), one.hit().ordinal(), one.score()));
      }
    }
    return new Ranking(ranked, candidates.after());
  }

  private List<Reranker.Ranked<Candidate>> reranked(List<Candidate> candidates) throws IOException {
    List<Candidate> byScore = new ArrayList<>(candidates);
    byScore.sort(
        Comparator.<Candidate>comparingInt(one -> -tier(one))
            .thenComparingDouble(one -> -score(one))
            .thenComparing(IN_ORDER));
    return ranking.reranker().rerank(byScore, new Features(), byScore.size());
  }

  private List<Scored<Candidate>> lookedAt(List<Reranker.Ranked<Candidate>> ranked)
      throws IOException {
    List<SecondLook.Candidate<Candidate>> hits = new ArrayList<>();
    for (Reranker.Ranked<Candidate> one : ranked) {
      hits.add(new SecondLook.Candidate<>(one.hit(), one.tier(), true, one.score(), Float.NaN));
    }
    return ranking.secondLook().order(hits, new Features());
  }

  private int tier(Candidate candidate) {
    return (int) candidate.named().stream().filter(name -> name.startsWith(TIER)).count();
  }

  /** What it scores by its words, whatever its tier, times its prior. */
  private float score(Candidate candidate) {
    return (float) (words(candidate) * ranking.prior().of(candidate.evidence()));
  }

  private double words(Candidate candidate) {
    double tiers = tier(candidate) * ranking.parameters().firstPassExact();
    return Math.max(0, candidate.score() - tiers);
  }

  /**
   * Why hits score what they do; of those that are not among the best only the cluster could tell.
   *
   * @param narrowed the query and what narrows it
   * @param momentIds whatever is not ranked is left out
   */
  Map<String, Explanation> explain(
      Session session, ObjectNode narrowed, Collection<String> momentIds) throws IOException {
    JsonNode answer = session.ask(sorted(search(narrowed)).put("explain", true));
    Map<String, JsonNode> found = new LinkedHashMap<>();
    for (JsonNode hit : answer.at("/hits/hits")) {
      Candidate candidate = Candidate.of(hit);
      found.put(candidate.id(), hit.path("_explanation"));
    }
    Map<String, Explanation> explained = new LinkedHashMap<>();
    List<Reranker.Ranked<Candidate>> all = reranked(candidates(answer));
    Map<Candidate, Scored<Candidate>> lookedAt = new HashMap<>();
    if (again) {
      lookedAt(all).forEach(one -> lookedAt.put(one.hit(), one));
    }
    for (String id : momentIds) {
      for (Reranker.Ranked<Candidate> one : all) {
        Candidate candidate = one.hit();
        // The number of a moment within its episode is its own, whatever its source is called.
        JsonNode why = found.get(candidate.id());
        if (why != null
            && id.startsWith(candidate.episode() + ':')
            && id.endsWith(":" + candidate.ordinal())) {
          Explanation words =
              Reranker.explain(
                  new Explanation(
                      words(candidate),
                      "words in and around the moment, as the cluster scores them",
                      explanation(why).details()),
                  ranking.prior().explain(candidate.evidence()),
                  plan.exact().isEmpty() ? null : one.tier(),
                  one);
          Scored<Candidate> scored = lookedAt.get(candidate);
          explained.put(id, scored == null ? words : SecondLook.explain(scored, words));
        }
      }
    }
    return explained;
  }

  private static Explanation explanation(JsonNode why) {
    List<Explanation> details = new ArrayList<>();
    why.path("details").forEach(detail -> details.add(explanation(detail)));
    return new Explanation(why.path("value").asDouble(), why.path("description").asText(), details);
  }

  /** What is known of hits that are ranked again. */
  private final class Features
      implements Reranker.Features<Candidate>, SecondLook.Surroundings<Candidate> {
    @Override
    public Comparator<Candidate> inOrder() {
      return IN_ORDER;
    }

    @Override
    public int tier(Candidate hit) {
      return Ranker.this.tier(hit);
    }

    @Override
    public float score(Candidate hit) {
      return Ranker.this.score(hit);
    }

    @Override
    public Diversifier.Place place(Candidate hit) {
      return hit.place();
    }

    @Override
    public double prior(Candidate hit) {
      return ranking.prior().of(hit.evidence());
    }

    @Override
    public boolean hasMore() {
      return plan.named() != null;
    }

    @Override
    public float proximity(Candidate hit) {
      // The cluster has scored pairs already.
      return 0;
    }

    @Override
    public List<Candidate> company(List<Candidate> hits) {
      // Its places and scores would have to be fetched with a request of their own.
      return List.of();
    }

    @Override
    public boolean named(Candidate hit) {
      return hit.named().contains(NAMED);
    }

    @Override
    public boolean isQuestion() {
      return plan.question();
    }

    @Override
    public boolean hasAll() {
      return Matched.hasAll(plan.matched());
    }

    @Override
    public int parts() {
      return plan.parts().size();
    }

    @Override
    public double coverage(List<Candidate> hits) {
      // It tells how far to trust words beside meaning, which a cluster does not have.
      return 1;
    }
  }
}

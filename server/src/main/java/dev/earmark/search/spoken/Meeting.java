package dev.earmark.search.spoken;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.rank.RankingParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of a query must occur together, and how many are enough.
 *
 * <p>Up to {@link RankingParameters#allOf} parts ({@link RankingParameters#allOfQuestion} in a
 * question), all must. Of more parts, {@link RankingParameters#enough} of the total weight is
 * enough, where a part weighs its inverse document frequency: a question contains words that its
 * answer does not. "Together" means at most {@link RankingParameters#togetherReach} words apart.
 * Immutable.
 */
final class Meeting {
  /**
   * A thing that is asked for.
   *
   * @param name as it stands in the query
   * @param query the moments that have it
   * @param weight what it weighs; 0 for as much as the others
   */
  record Part(String name, SpokenQuery query, int weight) {}

  private final List<Part> parts;
  private final boolean question;
  private final RankingParameters parameters;

  /**
   * A meeting of parts.
   *
   * @param question whether other words of the query make it a question
   */
  Meeting(List<Part> parts, boolean question, RankingParameters parameters) {
    this.question = question;
    this.parameters = parameters;
    int most = Math.min(parts.size(), SpokenQuery.Together.MOST_PARTS);
    this.parts = List.copyOf(parts.subList(0, most));
  }

  /** Any of the forms of a word, or what may stand in its place. */
  static SpokenQuery anyOf(Forms forms, List<SpokenQuery> others) {
    SpokenQuery any = new SpokenQuery.AnyTerm(Schema.TEXT_FIELD, forms.terms());
    if (others.isEmpty()) {
      return any;
    }
    SpokenQuery.Builder or = new SpokenQuery.Builder().should(any);
    others.forEach(or::should);
    return or.build();
  }

  /** What a query finds and a filter, too. */
  static SpokenQuery.Bool and(SpokenQuery.Bool query, SpokenQuery filter) {
    List<SpokenQuery> filters = new ArrayList<>(query.filter());
    filters.add(filter);
    return new SpokenQuery.Bool(
        query.must(), query.should(), filters, query.mustNot(), query.least());
  }

  /**
   * The same moments, to be counted: what a query may have beside the parts is there for the score,
   * and one of the parts is there by the filter.
   */
  static SpokenQuery matching(SpokenQuery.Bool query, SpokenQuery filter) {
    SpokenQuery.Bool both = and(query, filter);
    return new SpokenQuery.Bool(both.must(), List.of(), both.filter(), both.mustNot(), 0);
  }

  /** What a query does not find. */
  static SpokenQuery not(SpokenQuery query) {
    return new SpokenQuery.Builder().filter(new SpokenQuery.All()).mustNot(query).build();
  }

  boolean isLong() {
    return parts.size() > (question ? parameters.allOfQuestion() : parameters.allOf());
  }

  /** Moments that have any part. */
  SpokenQuery any() {
    if (parts.size() == 1) {
      return parts.getFirst().query();
    }
    SpokenQuery.Builder any = new SpokenQuery.Builder();
    parts.forEach(part -> any.should(part.query()));
    return any.build();
  }

  /** Moments where enough comes together. */
  SpokenQuery enough() {
    if (!isLong()) {
      return atLeast(parts.size());
    }
    List<Integer> weights = weights();
    int all = weights.stream().mapToInt(Integer::intValue).sum();
    return together(weights, Math.max(1, (int) Math.ceil(parameters.enough() * all)), true);
  }

  /** What each part weighs; one of which that is not known weighs as much as the others. */
  private List<Integer> weights() {
    int sum = 0;
    int weighed = 0;
    for (Part part : parts) {
      sum += part.weight();
      weighed += part.weight() > 0 ? 1 : 0;
    }
    int usual = weighed == 0 ? 1 : Math.max(1, sum / weighed);
    List<Integer> weights = new ArrayList<>();
    for (Part part : parts) {
      weights.add(part.weight() > 0 ? part.weight() : usual);
    }
    return weights;
  }

  /** The parts with what each weighs. */
  List<QueryPlan.Part> weighed() {
    List<Integer> weights = weights();
    List<QueryPlan.Part> weighed = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      weighed.add(new QueryPlan.Part(parts.get(i).query(), weights.get(i)));
    }
    return weighed;
  }

  /** Moments where so many parts come together. */
  SpokenQuery atLeast(int wanted) {
    return together(
        parts.stream().map(part -> 1).toList(), Math.min(wanted, parts.size()), question);
  }

  private SpokenQuery together(List<Integer> weights, int least, boolean around) {
    return new SpokenQuery.Together(
        parts.stream().map(Part::query).toList(),
        weights,
        least,
        (int) parameters.togetherReach(),
        around);
  }

  Matched told(Matched.Rule rule) {
    return new Matched(parts.stream().map(Part::name).toList(), rule);
  }
}

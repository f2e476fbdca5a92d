package dev.earmark.page;

import dev.earmark.search.Hit;
import dev.earmark.search.Quotations;
import java.util.List;

/**
 * The passages that answer a question, each as it was said.
 *
 * @param refusal why there is none; empty if there is one
 */
public record AnswerView(List<HitView> passages, String refusal) {
  /** How many are shown at once, so that the list below stays in sight. */
  private static final int FIRST = 2;

  /** The passages that are shown at once. */
  public List<HitView> first() {
    return passages.subList(0, Math.min(FIRST, passages.size()));
  }

  /** The others. */
  public List<HitView> more() {
    return passages.subList(Math.min(FIRST, passages.size()), passages.size());
  }

  static AnswerView of(Quotations found, String query) {
    return new AnswerView(
        found.passages().stream().map(hit -> HitView.of(whole(hit), query)).toList(),
        Labels.capital(found.refusal()));
  }

  /** A hit that shows all of what its moment says, from its beginning. */
  private static Hit whole(Hit hit) {
    return new Hit(
        hit.moment(),
        hit.episode(),
        hit.moment().moment().anchor().from().map(from -> from.millis()).orElse(null),
        new Hit.Snippet(hit.moment().moment().text(), List.of()),
        List.of(),
        List.of(),
        hit.why(),
        hit.score(),
        hit.nearness());
  }
}

package dev.earmark.search.spoken;

import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.search.Hit;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the passages that answer a question best.
 *
 * <p>They are the first of what is listed for it by words and meaning together, of what is said and
 * no retelling. The nearest of the best decides whether anything answers it at all ({@link
 * SecondLook#answers}). What says the same words again, as a quotation out of a transcript does, is
 * taken once. Stateless.
 */
public final class QuotationFinder {
  private static final int MOST = 5;
  private static final int LEAST = 2;
  private static final int LOOKED_AT = 60;

  /** Of two texts this much of the shorter one's words is in the other: the same is said. */
  private static final double SAME = 0.7;

  private static final String KIND = "kind";

  private QuotationFinder() {}

  /** Answers a search. */
  public interface Searching {
    SearchPage search(SearchRequest request) throws IOException;
  }

  /** The passages that answer a question. */
  public static Quotations of(SearchRequest question, SecondLook look, Searching searching)
      throws IOException {
    SearchRequest request =
        question
            .withMode(SearchRequest.Mode.BOTH)
            .withSort(SearchRequest.Sort.RELEVANCE)
            .withCursor(null)
            .ungrouped()
            .withLimit(LOOKED_AT);
    if (!request.filters().containsKey(KIND)) {
      request = request.withFilter(KIND, Kind.SEGMENT.id(), Kind.QUOTE.id());
    }
    SearchPage page = searching.search(request);
    SearchPage.Meaning meaning = page.meaning();
    if (meaning == null) {
      throw new IllegalStateException("a search by meaning says nothing of it");
    }
    return new Quotations(
        page.text(),
        page.notUnderstood(),
        meaning.used()
            ? passages(page.hits().stream().filter(QuotationFinder::isSaid).toList(), look)
            : List.of(),
        meaning);
  }

  /** Whether it was said so, by somebody or at a time, and it is known when. */
  private static boolean isSaid(Hit hit) {
    Moment moment = hit.moment().moment();
    boolean own = moment.times() != null || (moment.speaker() != null && moment.title() == null);
    return own && moment.anchor().from().isPresent();
  }

  private static List<Hit> passages(List<Hit> hits, SecondLook look) {
    double nearest = 0;
    for (Hit hit : hits) {
      nearest = Math.max(nearest, nearness(hit));
    }
    List<Hit> passages = new ArrayList<>();
    if (!look.answers(nearest)) {
      return passages;
    }
    List<Set<String>> said = new ArrayList<>();
    for (Hit hit : hits) {
      boolean wanted =
          passages.size() < LEAST || (passages.size() < MOST && look.answersBeside(nearness(hit)));
      Set<String> words = new HashSet<>(List.of(Words.of(hit.moment().moment().text()).folded()));
      if (wanted && !words.isEmpty() && said.stream().noneMatch(other -> isSame(words, other))) {
        passages.add(hit);
        said.add(words);
      }
    }
    return passages;
  }

  private static double nearness(Hit hit) {
    return hit.nearness() == null ? 0 : hit.nearness();
  }

  private static boolean isSame(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both.size() >= SAME * Math.min(one.size(), other.size());
  }
}

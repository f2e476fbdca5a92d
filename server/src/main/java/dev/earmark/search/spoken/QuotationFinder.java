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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
        QuestionWords.isQuestion(page.text()),
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
    if (!look.answers(nearest)) {
      return List.of();
    }
    List<Hit> near = hits.stream().filter(hit -> look.answersBeside(nearness(hit))).toList();
    List<Hit> passages = new ArrayList<>();
    // What ends with a question asks the same; others are more likely to answer.
    add(passages, near.stream().filter(hit -> !asks(hit)), MOST);
    add(passages, near.stream().filter(QuotationFinder::asks), MOST);
    add(passages, hits.stream().sorted(Comparator.comparingDouble(hit -> -nearness(hit))), LEAST);
    return passages;
  }

  /** Adds hits that say something else than those that are there, up to so many. */
  private static void add(List<Hit> passages, Stream<Hit> hits, int most) {
    for (Hit hit : (Iterable<Hit>) hits::iterator) {
      if (passages.size() < most && passages.stream().noneMatch(other -> isSame(hit, other))) {
        passages.add(hit);
      }
    }
  }

  private static boolean asks(Hit hit) {
    String text = hit.moment().moment().text().strip();
    return text.endsWith("?") || text.endsWith("？");
  }

  private static double nearness(Hit hit) {
    return hit.nearness() == null ? 0 : hit.nearness();
  }

  private static boolean isSame(Hit one, Hit other) {
    Set<String> words = words(one);
    Set<String> others = words(other);
    int shorter = Math.min(words.size(), others.size());
    words.retainAll(others);
    return words.size() >= SAME * shorter;
  }

  private static Set<String> words(Hit hit) {
    return new HashSet<>(List.of(Words.of(hit.moment().moment().text()).folded()));
  }
}

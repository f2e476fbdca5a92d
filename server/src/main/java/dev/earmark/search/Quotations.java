package dev.earmark.search;

import dev.earmark.query.NotUnderstood;
import java.util.List;

/**
 * The passages that answer a question best, each as it was said, and none twice; nothing is written
 * that nobody said.
 *
 * @param text the question as it was asked
 * @param notUnderstood what of it could not be read
 * @param passages two to five, best first, or fewer if there are no more; empty if nothing here
 *     answers it
 * @param asked whether the text is certainly a question, so that it is worth saying that nothing
 *     answers it
 * @param meaning what there was to find by meaning
 */
public record Quotations(
    String text,
    List<NotUnderstood> notUnderstood,
    List<Hit> passages,
    boolean asked,
    SearchPage.Meaning meaning) {
  public Quotations {
    notUnderstood = List.copyOf(notUnderstood);
    passages = List.copyOf(passages);
  }

  /** Why there is no passage, in a sentence; empty if there is one. */
  public String refusal() {
    if (!passages.isEmpty()) {
      return "";
    }
    return meaning.used() ? "nothing here answers that" : String.join("; ", meaning.lacking());
  }
}

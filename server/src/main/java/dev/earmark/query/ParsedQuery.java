package dev.earmark.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that was read.
 *
 * @param text as it was given
 * @param query what it asks for
 * @param notUnderstood what could not be read, in the order of the text
 * @param begun the last word, folded, if somebody may still be typing it; or null
 */
public record ParsedQuery(
    String text, Query.Clauses query, List<NotUnderstood> notUnderstood, @Nullable String begun) {
  public ParsedQuery {
    notUnderstood = List.copyOf(notUnderstood);
  }

  /** The text for who reads it later, when nobody is typing any more. */
  public String lasting() {
    return begun == null || begun.length() == 1 ? text : text + '*';
  }
}

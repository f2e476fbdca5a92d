package dev.earmark.query;

import java.util.List;

/**
 * A query that was read.
 *
 * @param text as it was given
 * @param query what it asks for
 * @param notUnderstood what could not be read, in the order of the text
 */
public record ParsedQuery(String text, Query.Clauses query, List<NotUnderstood> notUnderstood) {
  public ParsedQuery {
    notUnderstood = List.copyOf(notUnderstood);
  }
}

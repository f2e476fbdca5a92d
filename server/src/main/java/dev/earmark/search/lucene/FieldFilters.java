package dev.earmark.search.lucene;

import dev.earmark.model.Words;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;

/** What a request narrows a query by. */
final class FieldFilters {
  private FieldFilters() {}

  /**
   * Moments of a facet's value, as a filter of the request chooses it: the whole value, as shown.
   */
  static Optional<org.apache.lucene.search.Query> chosen(String facet, String value) {
    return Schema.field(facet)
        .filter(Field::facet)
        .map(field ->
            new TermQuery(
                new Term(facet, field.type() == FieldType.NAME ? Words.fold(value) : value)));
  }
}

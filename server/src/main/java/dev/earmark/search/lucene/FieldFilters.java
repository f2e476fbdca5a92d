package dev.earmark.search.lucene;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** The filters and dates of a request, as Lucene queries. */
final class FieldFilters {
  private FieldFilters() {}

  /** A query and the days that a request narrows it to. */
  static Query inDates(Query query, SearchRequest request) {
    if (request.from() == null && request.to() == null) {
      return query;
    }
    Query dates =
        NumericDocValuesField.newSlowRangeQuery(
            Schema.DATE,
            request.from() == null ? Long.MIN_VALUE : request.from().toEpochDay(),
            request.to() == null ? Long.MAX_VALUE : request.to().toEpochDay());
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.MUST)
        .add(dates, BooleanClause.Occur.FILTER)
        .build();
  }

  /** A query and all that a request narrows it by: the days and the values of facets. */
  static Query narrowed(Query query, SearchRequest request) {
    BooleanQuery.Builder all =
        new BooleanQuery.Builder().add(inDates(query, request), BooleanClause.Occur.MUST);
    request
        .filters()
        .forEach((facet, values) -> all.add(anyOf(facet, values), BooleanClause.Occur.FILTER));
    return all.build();
  }

  /** The moments that have one of some values of a facet. */
  static Query anyOf(String facet, List<String> values) {
    return new TermInSetQuery(
        facet, values.stream().map(value -> new BytesRef(chosen(facet, value))).toList());
  }

  /** The term of a facet's value as a request chooses it: the whole value, as shown. */
  private static String chosen(String facet, String value) {
    return Schema.label(Schema.field(facet).map(field -> field.key(value)).orElse(value));
  }
}

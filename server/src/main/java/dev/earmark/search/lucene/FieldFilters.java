package dev.earmark.search.lucene;

import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Words;
import dev.earmark.query.Query;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The parts of a query that narrow it by a field or a range and say nothing of the rank. */
final class FieldFilters {
  private FieldFilters() {}

  /** Whether a part of a query only narrows it, so that its words still have to match. */
  static boolean isFilter(Query query) {
    return switch (query) {
      case Query.FieldIs is -> true;
      case Query.Dates dates -> true;
      case Query.Times times -> true;
      case Query.AnyOf any -> any.options().stream().allMatch(FieldFilters::isFilter);
      case Query.Clauses clauses ->
          !clauses.isEmpty()
              && clauses.clauses().stream().allMatch(clause -> isFilter(clause.query()));
      default -> false;
    };
  }

  /** Moments of episodes between two days. */
  static org.apache.lucene.search.Query dates(Query.Dates dates) {
    return NumericDocValuesField.newSlowRangeQuery(
        Schema.DATE,
        dates.from() == null ? Long.MIN_VALUE : dates.from().toEpochDay(),
        dates.to() == null ? Long.MAX_VALUE : dates.to().toEpochDay());
  }

  /** Moments that start between two times of the recording. */
  static org.apache.lucene.search.Query times(Query.Times times) {
    return NumericDocValuesField.newSlowRangeQuery(
        Schema.START,
        times.fromMs() == null ? Long.MIN_VALUE : times.fromMs(),
        times.toMs() == null ? Long.MAX_VALUE : times.toMs());
  }

  /** Moments whose field has a value; of a name, if nobody is called so, some of its words do. */
  static org.apache.lucene.search.Query field(Query.FieldIs is, IndexReader reader)
      throws IOException {
    Field field = Schema.field(is.field()).orElseThrow();
    if (field.type() != FieldType.NAME) {
      return new TermQuery(new Term(field.name(), is.value().toLowerCase(Locale.ROOT)));
    }
    String name = Words.fold(is.value());
    Term whole = new Term(field.name(), name);
    if (reader.docFreq(whole) > 0) {
      return new TermQuery(whole);
    }
    return new TermInSetQuery(field.name(), namesWith(field.name(), name, reader));
  }

  /** The names that have all of some words, so that a first name is enough. */
  private static List<BytesRef> namesWith(String field, String words, IndexReader reader)
      throws IOException {
    List<BytesRef> found = new ArrayList<>();
    Terms terms = MultiTerms.getTerms(reader, field);
    if (terms == null) {
      return found;
    }
    List<String> wanted = List.of(words.split(" "));
    TermsEnum each = terms.iterator();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      if (new HashSet<>(List.of(term.utf8ToString().split(" "))).containsAll(wanted)) {
        found.add(BytesRef.deepCopyOf(term));
      }
    }
    return found;
  }

  /** Whether a word is one of the words of a name. */
  static boolean isInName(String field, String word, IndexReader reader) throws IOException {
    return !namesWith(field, word, reader).isEmpty();
  }

  /** A query and the days that a request narrows it to. */
  static org.apache.lucene.search.Query inDates(
      org.apache.lucene.search.Query query, SearchRequest request) {
    if (request.from() == null && request.to() == null) {
      return query;
    }
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.MUST)
        .add(dates(new Query.Dates(request.from(), request.to())), BooleanClause.Occur.FILTER)
        .build();
  }

  /** A query and all that a request narrows it by: the days and the values of facets. */
  static org.apache.lucene.search.Query narrowed(
      org.apache.lucene.search.Query query, SearchRequest request) {
    BooleanQuery.Builder all =
        new BooleanQuery.Builder().add(inDates(query, request), BooleanClause.Occur.MUST);
    request
        .filters()
        .forEach((facet, values) -> {
          List<BytesRef> terms =
              values.stream().map(value -> new BytesRef(chosen(facet, value))).toList();
          all.add(new TermInSetQuery(facet, terms), BooleanClause.Occur.FILTER);
        });
    return all.build();
  }

  /** The term of a facet's value as a request chooses it: the whole value, as shown. */
  private static String chosen(String facet, String value) {
    boolean isName =
        Schema.field(facet).map(Field::type).filter(type -> type == FieldType.NAME).isPresent();
    return LuceneIndex.label(isName ? Words.fold(value) : value);
  }
}

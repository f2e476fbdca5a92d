package dev.earmark.search.lucene;

import dev.earmark.model.Words;
import dev.earmark.query.Query;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
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

package dev.earmark.search.lucene;

import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.SpokenQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Translates a {@link SpokenQuery} into a Lucene query, node by node. */
final class QueryTranslator {
  private static final String TEXT = Schema.TEXT_FIELD;

  private QueryTranslator() {}

  /** All moments. */
  static Query allMoments() {
    return new FieldExistsQuery(Schema.ORDINAL);
  }

  static Query translate(SpokenQuery query, Deadline deadline) {
    return translate(query, deadline, false);
  }

  /**
   * @param excluded whether what matches is left out, so that too little found is too much shown
   */
  private static Query translate(SpokenQuery query, Deadline deadline, boolean excluded) {
    return switch (query) {
      case SpokenQuery.All all -> allMoments();
      case SpokenQuery.None none -> new MatchNoDocsQuery("nothing asked for");
      case SpokenQuery.Bool bool -> bool(bool, deadline, excluded);
      case SpokenQuery.Words words -> new SpokenWordsQuery(TEXT, List.of(words.words()));
      case SpokenQuery.Together together ->
          new SpokenTogetherQuery(
              together,
              together.parts().stream().map(one -> translate(one, deadline, excluded)).toList(),
              deadline);
      case SpokenQuery.Row row -> new SpokenPhraseQuery(TEXT, row.words(), row.slop(), deadline);
      case SpokenQuery.Term term -> term(term);
      case SpokenQuery.AnyTerm any ->
          new TermInSetQuery(any.field(), any.terms().stream().map(BytesRef::new).toList());
      case SpokenQuery.Synonyms synonyms -> {
        SynonymQuery.Builder any = new SynonymQuery.Builder(TEXT);
        synonyms.words().forEach((word, weight) -> any.addTerm(new Term(TEXT, word), weight));
        yield any.build();
      }
      case SpokenQuery.Prefix prefix ->
          new SpokenPrefixQuery(TEXT, prefix.prefix(), excluded, deadline);
      case SpokenQuery.Boosted boosted ->
          new BoostQuery(translate(boosted.query(), deadline, excluded), boosted.by());
      case SpokenQuery.Constant constant ->
          new BoostQuery(
              new ConstantScoreQuery(translate(constant.query(), deadline, excluded)),
              constant.score());
      case SpokenQuery.Range range ->
          NumericDocValuesField.newSlowRangeQuery(range.field(), range.from(), range.to());
    };
  }

  /** The document that ends an episode's block has its id, too, and is no moment. */
  private static Query term(SpokenQuery.Term term) {
    Query query = new TermQuery(new Term(term.field(), term.term()));
    return term.field().equals(Schema.EPISODE)
        ? new BooleanQuery.Builder()
            .add(query, BooleanClause.Occur.MUST)
            .add(allMoments(), BooleanClause.Occur.FILTER)
            .build()
        : query;
  }

  private static Query bool(SpokenQuery.Bool bool, Deadline deadline, boolean excluded) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    List<List<Forms>> groups = new ArrayList<>();
    for (SpokenQuery one : bool.must()) {
      SpokenQuery.Words words = bool.least() == 0 ? ranked(one) : null;
      if (words == null) {
        all.add(translate(one, deadline, excluded), BooleanClause.Occur.MUST);
        continue;
      }
      groups.add(words.words());
      if (one instanceof SpokenQuery.Bool inner) {
        inner
            .should()
            .forEach(
                may -> all.add(translate(may, deadline, excluded), BooleanClause.Occur.SHOULD));
      }
    }
    if (!groups.isEmpty()) {
      // Together they are read once, and only where all of them are said.
      all.add(new SpokenWordsQuery(TEXT, groups), BooleanClause.Occur.MUST);
    }
    bool.filter()
        .forEach(one -> all.add(translate(one, deadline, excluded), BooleanClause.Occur.FILTER));
    bool.should()
        .forEach(one -> all.add(translate(one, deadline, excluded), BooleanClause.Occur.SHOULD));
    bool.mustNot()
        .forEach(one -> all.add(translate(one, deadline, true), BooleanClause.Occur.MUST_NOT));
    return all.setMinimumNumberShouldMatch(bool.least()).build();
  }

  /** The words of which a query asks one, if all else in it only adds to their score; or null. */
  private static SpokenQuery.@Nullable Words ranked(SpokenQuery query) {
    return switch (query) {
      case SpokenQuery.Words words -> words;
      case SpokenQuery.Bool bool
          when bool.must().size() == 1
              && bool.filter().isEmpty()
              && bool.mustNot().isEmpty()
              && bool.least() == 0
              && bool.must().getFirst() instanceof SpokenQuery.Words words ->
          words;
      default -> null;
    };
  }
}

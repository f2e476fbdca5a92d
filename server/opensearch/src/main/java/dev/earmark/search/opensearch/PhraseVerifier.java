package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchTerms;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit.Why;
import dev.earmark.search.spoken.MatchFinder;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.SpokenQuery.Row;
import dev.earmark.search.spoken.SpokenQuery.Together;
import dev.earmark.search.spoken.WordTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds phrases that the index cannot decide: long ones, those with slop, and those beyond a
 * number.
 *
 * <p>The index gives candidate moments; their texts decide.
 */
final class PhraseVerifier {
  private PhraseVerifier() {}

  /** Finds all such rows of a query that are not known yet. */
  static void find(SpokenQuery query, Dsl dsl, AroundTerms around, Session session)
      throws IOException {
    switch (query) {
      case SpokenQuery.Bool bool -> {
        for (List<SpokenQuery> part :
            List.of(bool.must(), bool.should(), bool.filter(), bool.mustNot())) {
          for (SpokenQuery one : part) {
            find(one, dsl, around, session);
          }
        }
      }
      case SpokenQuery.Boosted boosted -> find(boosted.query(), dsl, around, session);
      case SpokenQuery.Constant constant -> find(constant.query(), dsl, around, session);
      case Row row -> {
        if (!dsl.isKnown(row) && (dsl.isHidden(row) || dsl.isTooMuch(row))) {
          dsl.known(row, found(row, around, session));
        }
      }
      case Together together -> {
        for (SpokenQuery part : together.parts()) {
          find(part, dsl, around, session);
        }
        if (!dsl.isKnown(together)) {
          dsl.known(together, Meetings.of(together, dsl, around, session));
        }
      }
      default -> {
        // Nothing of it is hidden.
      }
    }
  }

  private static Map<String, Integer> found(Row row, AroundTerms around, Session session)
      throws IOException {
    Map<String, Integer> moments = new HashMap<>();
    List<WordTest> tests = new ArrayList<>();
    row.words().forEach(word -> tests.add(new WordTest.Exactly(word)));
    MatchFinder finder =
        new MatchFinder(List.of(new Pattern(tests, row.slop(), "", Why.EXACT)), Set.of());
    List<StoredMoment> candidates = new ArrayList<>();
    ObjectNode search =
        Json.object(
            "query",
            Dsl.all(List.of(Dsl.moments(), mayHave(row, around))),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            Session.byPlace());
    session.each(search, hit -> candidates.add(Session.moment(hit)));
    Texts texts = new Texts(session);
    for (int from = 0; from < candidates.size(); from += Session.CHUNK) {
      List<StoredMoment> some =
          candidates.subList(from, Math.min(candidates.size(), from + Session.CHUNK));
      texts.clear();
      some.forEach(texts::add);
      texts.read(
          some.stream()
              .map(moment -> Session.id(moment.episodeId(), moment.ordinal() + 1))
              .toList());
      for (StoredMoment moment : some) {
        if (session.deadline().hasPassed()) {
          return moments;
        }
        int times = finder.find(moment, texts.numbered()).matches().size();
        if (times > 0) {
          moments.put(Session.id(moment.episodeId(), moment.ordinal()), times);
        }
      }
    }
    return moments;
  }

  /** The moments that may have a row: all that have it, and few others where the index can tell. */
  private static ObjectNode mayHave(Row row, AroundTerms around) {
    if (row.slop() == 0) {
      return Dsl.spans(row.words().subList(0, Math.min(Dsl.REACH, row.words().size())));
    }
    Set<String> distinct = new LinkedHashSet<>(row.words());
    List<String> terms = distinct.stream().map(OpenSearchTerms::word).toList();
    ObjectNode begins = Dsl.terms(Schema.TEXT_FIELD, terms);
    int width = row.words().size() + row.slop();
    if (width > Mapping.AROUND_WORDS) {
      return begins;
    }
    if (width > Dsl.REACH) {
      List<ObjectNode> all = new ArrayList<>(List.of(begins));
      for (String word : distinct) {
        ObjectNode there = around.around(new SpokenQuery.Term(Schema.TEXT_FIELD, word));
        if (there != null) {
          all.add(there);
        }
      }
      return Dsl.all(all);
    }
    int gaps = row.slop() + row.words().size() - distinct.size();
    return Dsl.all(List.of(begins, Dsl.near(distinct, gaps)));
  }
}

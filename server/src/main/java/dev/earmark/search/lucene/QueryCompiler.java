package dev.earmark.search.lucene;

import dev.earmark.query.ParsedQuery;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Filters;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.QueryPlanner;
import dev.earmark.search.spoken.Scope;
import dev.earmark.search.spoken.SpokenQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * Plans a request and translates the plan for Lucene.
 *
 * <p>Proximity of words is kept apart as evidence, since it costs more than finding the matches; it
 * is evaluated for the best hits only. Not thread-safe; one a search.
 */
final class QueryCompiler {
  private static final String TEXT = Schema.TEXT_FIELD;

  private final Snapshot snapshot;
  private final Deadline deadline;

  QueryCompiler(Snapshot snapshot, Deadline deadline) {
    this.snapshot = snapshot;
    this.deadline = deadline;
  }

  /** A query as a request asks it. */
  CompiledQuery compile(SearchRequest request) throws IOException {
    return compile(request.query(), request, Filters.scope(request));
  }

  /** A query as its hits are listed: inside one episode what has only some of it comes after. */
  CompiledQuery compileList(SearchRequest request) throws IOException {
    return compile(request.query(), request, Filters.listed(request));
  }

  /** Another query, asked as a request asks its own. */
  CompiledQuery compile(ParsedQuery query, SearchRequest request) throws IOException {
    return compile(query, request, Filters.scope(request));
  }

  private CompiledQuery compile(ParsedQuery query, SearchRequest request, Scope scope)
      throws IOException {
    QueryPlan plan =
        new QueryPlanner(
                query,
                new LuceneIndexStatistics(snapshot, deadline),
                deadline,
                request.match(),
                request.near(),
                scope,
                snapshot.ranking().parameters())
            .plan();
    List<PairEvidence> evidence = new ArrayList<>();
    for (List<Forms> words : plan.evidence()) {
      evidence.add(new PairEvidence(TEXT, words, snapshot));
    }
    return new CompiledQuery(
        QueryTranslator.translate(plan.query(), deadline),
        plan,
        new ExactTiers(
            plan.exact().stream().map(exact -> QueryTranslator.translate(exact, deadline)).toList(),
            snapshot,
            deadline),
        evidence,
        translated(plan.named()),
        translated(plan.nearOnly()),
        plan.nearOffered(),
        translated(plan.looser()),
        translated(plan.company()),
        translated(plan.meant()),
        plan.matched(),
        plan.patterns(),
        plan.between(),
        plan.notUnderstood());
  }

  private @Nullable Query translated(@Nullable SpokenQuery query) {
    return query == null ? null : QueryTranslator.translate(query, deadline);
  }
}

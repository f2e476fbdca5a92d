package dev.earmark.search.lucene;

import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.Reranker;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/** Supplies the features that hits are reranked by. Not thread-safe; one a search. */
final class LuceneFeatures
    implements Reranker.Features<ScoreDoc>, SecondLook.Surroundings<ScoreDoc> {
  private final CompiledQuery query;
  private final Snapshot snapshot;
  private final Deadline deadline;
  private final List<LeafReaderContext> leaves;
  private final List<MomentColumns> columns = new ArrayList<>();

  /** The segment whose hits are being read; what is read of it goes forwards only. */
  private int leaf = -1;

  private List<PairEvidence.Look> looks = List.of();
  private @Nullable DocIdSetIterator named;

  LuceneFeatures(CompiledQuery query, Snapshot snapshot, Deadline deadline) throws IOException {
    this.query = query;
    this.snapshot = snapshot;
    this.deadline = deadline;
    this.leaves = snapshot.reader().leaves();
    for (LeafReaderContext each : leaves) {
      columns.add(MomentColumns.of(each.reader()));
    }
  }

  @Override
  public Comparator<ScoreDoc> inOrder() {
    return Comparator.comparingInt(hit -> hit.doc);
  }

  @Override
  public int tier(ScoreDoc hit) {
    return query.tiers().of(hit.doc);
  }

  @Override
  public float score(ScoreDoc hit) {
    return hit.score;
  }

  @Override
  public Diversifier.Place place(ScoreDoc hit) {
    int of = ReaderUtil.subIndex(hit.doc, leaves);
    int first = leaves.get(of).docBase;
    int document = hit.doc - first;
    MomentColumns moments = columns.get(of);
    return new Diversifier.Place(
        first + moments.episode(document), moments.isPlaced(document), moments.startMs(document));
  }

  @Override
  public double prior(ScoreDoc hit) {
    int of = ReaderUtil.subIndex(hit.doc, leaves);
    return snapshot
        .ranking()
        .prior()
        .of(columns.get(of).evidence(hit.doc - leaves.get(of).docBase));
  }

  @Override
  public boolean hasMore() {
    return query.named() != null || !query.evidence().isEmpty();
  }

  @Override
  public boolean isQuestion() {
    return query.plan().question();
  }

  @Override
  public boolean hasAll() {
    return Matched.hasAll(query.matched());
  }

  @Override
  public int parts() {
    return query.plan().parts().size();
  }

  @Override
  public double coverage(List<ScoreDoc> hits) throws IOException {
    return PartCoverage.of(query.plan().parts(), hits, snapshot.searcher(), deadline);
  }

  @Override
  public float proximity(ScoreDoc hit) throws IOException {
    if (deadline.hasPassed()) {
      return 0;
    }
    seek(hit);
    float sum = 0;
    for (PairEvidence.Look look : looks) {
      sum += look.of(hit.doc - leaves.get(leaf).docBase);
    }
    return sum;
  }

  @Override
  public List<ScoreDoc> company(List<ScoreDoc> hits) throws IOException {
    Query company = query.company();
    if (company == null || deadline.hasPassed()) {
      return List.of();
    }
    Set<Integer> known = new HashSet<>();
    hits.forEach(hit -> known.add(hit.doc));
    int most = Math.min(snapshot.ranking().reranker().company(), snapshot.reader().maxDoc());
    TopScoreDocCollector best =
        new TopScoreDocCollectorManager(Math.max(1, most), null, Integer.MAX_VALUE).newCollector();
    MomentScan.collect(
        snapshot.searcher(),
        new DeadlineQuery(company, deadline),
        new PriorCollector(best, snapshot.ranking().prior()));
    return Stream.of(best.topDocs().scoreDocs).filter(each -> !known.contains(each.doc)).toList();
  }

  @Override
  public boolean named(ScoreDoc hit) throws IOException {
    if (query.named() == null) {
      return false;
    }
    seek(hit);
    int document = hit.doc - leaves.get(leaf).docBase;
    DocIdSetIterator theirs = named;
    if (theirs == null) {
      return false;
    }
    int at = theirs.docID() < document ? theirs.advance(document) : theirs.docID();
    return at == document;
  }

  private void seek(ScoreDoc hit) throws IOException {
    int of = ReaderUtil.subIndex(hit.doc, leaves);
    if (of == leaf) {
      return;
    }
    leaf = of;
    List<PairEvidence.Look> each = new ArrayList<>();
    for (PairEvidence one : query.evidence()) {
      each.add(one.in(leaves.get(of)));
    }
    looks = each;
    named = null;
    Query asked = query.named();
    if (asked != null) {
      Weight weight =
          snapshot
              .searcher()
              .createWeight(snapshot.searcher().rewrite(asked), ScoreMode.COMPLETE_NO_SCORES, 1);
      Scorer scorer = weight.scorer(leaves.get(of));
      named = scorer == null ? null : scorer.iterator();
    }
  }
}

package dev.earmark.search.lucene;

import dev.earmark.search.Explanation;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.rank.Reranker;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.QueryScorer;
import dev.earmark.search.spoken.SpokenQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Explains scores by the definitions in {@link QueryScorer}, not by how the hits were found. Reads
 * every moment of a hit's episode. Not thread-safe; one a search.
 */
final class HitExplainer {
  private final CompiledQuery query;
  private final Snapshot snapshot;
  private final Deadline deadline;
  private final RankingModel ranking;

  HitExplainer(CompiledQuery query, Snapshot snapshot, Deadline deadline) {
    this.query = query;
    this.snapshot = snapshot;
    this.deadline = deadline;
    this.ranking = snapshot.ranking();
  }

  /** A moment of the episode that is explained; {@code place} counts from its first document. */
  private record EpisodeMoment(MomentColumns columns, int document, int place)
      implements QueryScorer.Moment {
    @Override
    public boolean isPlaced() {
      return columns.isPlaced(document);
    }

    @Override
    public long rankedStartMs() {
      return columns.startMs(document);
    }

    @Override
    public int length() {
      return MomentColumns.length(columns.lengthKept(document));
    }
  }

  /** The document of a moment; nothing if there is no such moment. */
  static OptionalInt document(Snapshot snapshot, String momentId) throws IOException {
    int end = momentId.lastIndexOf(':');
    int ordinal;
    try {
      ordinal = Integer.parseInt(momentId.substring(end + 1));
    } catch (NumberFormatException noMoment) {
      return OptionalInt.empty();
    }
    EpisodeEntries entries = EpisodeEntries.of(snapshot);
    // Names of episodes and of sources may both have a colon in them.
    for (int at = momentId.indexOf(':'); at >= 0 && at < end; at = momentId.indexOf(':', at + 1)) {
      int first = entries.firstDocument(momentId.substring(0, at));
      int document = first + ordinal;
      if (first >= 0
          && ordinal >= 0
          && document < snapshot.reader().maxDoc()
          && MomentColumns.ordinal(snapshot.reader(), document) == ordinal
          && new MomentReader(snapshot).read(document).id().equals(momentId)) {
        return OptionalInt.of(document);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Explains the score of a hit.
   *
   * @param weighed whether the score is multiplied by the prior
   * @param ranked the result of reranking; null if the hit was not reranked
   */
  Explanation explain(int document, boolean weighed, Reranker.@Nullable Ranked<ScoreDoc> ranked)
      throws IOException {
    List<LeafReaderContext> leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    MomentColumns columns = MomentColumns.of(leaf.reader());
    int inLeaf = document - leaf.docBase;
    Explanation text = text(leaf, columns, inLeaf);
    if (!weighed) {
      return text;
    }
    return Reranker.explain(
        text,
        ranking.prior().explain(columns.evidence(inLeaf)),
        query.tiers().areNone() ? null : query.tiers().of(document),
        ranked);
  }

  private Explanation text(LeafReaderContext leaf, MomentColumns columns, int document)
      throws IOException {
    int start = columns.episode(document);
    int end = columns.episodeEnds().nextSetBit(document);
    List<EpisodeMoment> episode = new ArrayList<>();
    for (int at = start; at < end && columns.isMoment(at); at++) {
      episode.add(new EpisodeMoment(columns, at, at - start));
    }
    Map<SpokenQuery, float[]> known = new HashMap<>();
    QueryScorer<EpisodeMoment> scorer =
        new QueryScorer<>(
            query.plan().query(),
            new LuceneIndexStatistics(snapshot, deadline),
            ranking,
            (moment, leafQuery) -> {
              float[] often = known.get(leafQuery);
              if (often == null) {
                often = frequencies(leafQuery, leaf, start, end);
                known.put(leafQuery, often);
              }
              return often[moment.place()];
            });
    scorer.hear(episode);
    return scorer.explain(episode.get(document - start));
  }

  /** How often each document from one to before another has a leaf of the query. */
  private float[] frequencies(SpokenQuery part, LeafReaderContext leaf, int start, int end)
      throws IOException {
    float[] often = new float[end - start];
    if (part instanceof SpokenQuery.Term term) {
      PostingsEnum postings =
          leaf.reader().postings(new Term(term.field(), term.term()), PostingsEnum.FREQS);
      if (postings != null) {
        for (int at = postings.advance(start); at < end; at = postings.nextDoc()) {
          often[at - start] = postings.freq();
        }
      }
      return often;
    }
    Query query = QueryTranslator.translate(part, deadline);
    ScoreMode mode =
        part instanceof SpokenQuery.Row ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    Weight weight = snapshot.searcher().createWeight(snapshot.searcher().rewrite(query), mode, 1);
    Scorer scorer = weight.scorer(leaf);
    if (scorer != null) {
      DocIdSetIterator each = scorer.iterator();
      for (int at = each.advance(start); at < end; at = each.nextDoc()) {
        often[at - start] = scorer instanceof SpokenScorer spoken ? spoken.frequency() : 1;
      }
    }
    return often;
  }
}

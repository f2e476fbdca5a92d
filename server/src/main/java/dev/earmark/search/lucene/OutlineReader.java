package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Kind;
import dev.earmark.schema.Schema;
import dev.earmark.search.Outline;
import dev.earmark.search.Outline.Chapter;
import dev.earmark.search.spoken.ChapterLists;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Footprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;

/**
 * Reads the outlines of episodes in one pass over the hits in them. What does not depend on the
 * query, the {@linkplain Ground ground}, is cached with the snapshot.
 */
final class OutlineReader {
  /** Episodes that are cut into more are drawn with the first of them. */
  private static final int MOST_CHAPTERS = 4_000;

  private static final long BYTES_KEPT = 8 << 20;

  private final Snapshot snapshot;
  private final EpisodeEntries entries;
  private final Map<String, Ground> grounds = new LinkedHashMap<>();
  private final TreeMap<Integer, String> episodes = new TreeMap<>();

  /**
   * What of an episode's outline is the same whatever is asked.
   *
   * @param first the document of its first moment; -1 if there is no such episode
   * @param lastMs when the last of its moments starts; 0 if none has a time
   */
  record Ground(int first, List<Chapter> chapters, long lastMs) {}

  /** The grounds that a snapshot remembers. */
  private static final class Grounds {
    private final Cache<String, Ground> byEpisode = Footprint.cache(BYTES_KEPT);
  }

  OutlineReader(Snapshot snapshot, List<String> ids) throws IOException {
    this.snapshot = snapshot;
    this.entries = EpisodeEntries.of(snapshot);
    Grounds known = snapshot.once(Grounds.class, Grounds::new);
    for (String id : ids) {
      Ground ground = known.byEpisode.getIfPresent(id);
      if (ground == null) {
        ground = read(id);
        if (ground.first() >= 0) {
          known.byEpisode.put(id, ground);
        }
      }
      if (ground.first() >= 0) {
        grounds.put(id, ground);
      }
    }
    grounds.forEach((id, ground) -> episodes.put(ground.first(), id));
  }

  /**
   * The outlines, by the ids of the episodes.
   *
   * @param hits what was asked for
   */
  Map<String, Outline> of(Query hits, Deadline deadline) throws IOException {
    Map<String, List<Long>> starts = new HashMap<>();
    MomentScan.run(
        snapshot.searcher(), within(grounds.keySet(), hits), deadline, new Starts(starts));
    Map<String, Outline> outlines = new LinkedHashMap<>();
    grounds.forEach((id, ground) ->
        outlines.put(
            id,
            new Outline(
                ground.chapters(),
                starts.getOrDefault(id, List.of()).stream().sorted().toList(),
                ground.lastMs())));
    return outlines;
  }

  private Ground read(String id) throws IOException {
    int first = entries.firstDocument(id);
    int moments = entries.find(id).map(EpisodeEntry::moments).orElse(0);
    return first < 0
        ? new Ground(first, List.of(), 0)
        : new Ground(first, chapters(id), last(first, moments));
  }

  /** When the last of some moments that stand in a row starts. */
  private long last(int first, int moments) throws IOException {
    List<LeafReaderContext> leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(first, leaves));
    NumericDocValues times = DocValues.getNumeric(leaf.reader(), Schema.START);
    long last = 0;
    int from = first - leaf.docBase;
    for (int document = from; document < from + moments; document++) {
      if (times.advanceExact(document)) {
        last = Math.max(last, times.longValue());
      }
    }
    return last;
  }

  private static Query within(Collection<String> ids, Query query) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String id : ids) {
      any.add(new TermQuery(new Term(Schema.EPISODE, id)), BooleanClause.Occur.SHOULD);
    }
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.FILTER)
        .add(any.build(), BooleanClause.Occur.FILTER)
        .build();
  }

  /** The chapters of the document that has most of them. */
  private List<Chapter> chapters(String id) throws IOException {
    Query chapter = new TermQuery(new Term("kind", Kind.CHAPTER.id()));
    ScoreDoc[] found =
        snapshot
            .searcher()
            .search(within(List.of(id), chapter), MOST_CHAPTERS, Sort.INDEXORDER)
            .scoreDocs;
    ChapterLists chapters = new ChapterLists();
    MomentReader moments = new MomentReader(snapshot);
    for (ScoreDoc hit : found) {
      chapters.add(moments.read(hit.doc));
    }
    return chapters.byEpisode().getOrDefault(id, List.of());
  }

  /** Gathers when the hits of each episode start. */
  private final class Starts implements MomentScan.Visitor {
    private final Map<String, List<Long>> starts;
    private int base;
    private NumericDocValues times = DocValues.emptyNumeric();

    Starts(Map<String, List<Long>> starts) {
      this.starts = starts;
    }

    @Override
    public void enter(LeafReaderContext leaf) throws IOException {
      base = leaf.docBase;
      times = DocValues.getNumeric(leaf.reader(), Schema.START);
    }

    @Override
    public void visit(int document) throws IOException {
      Map.Entry<Integer, String> episode = episodes.floorEntry(base + document);
      if (episode != null && times.advanceExact(document)) {
        starts.computeIfAbsent(episode.getValue(), id -> new ArrayList<>()).add(times.longValue());
      }
    }
  }
}

package dev.earmark.search.lucene;

import dev.earmark.model.Kind;
import dev.earmark.schema.Schema;
import dev.earmark.search.Outline;
import dev.earmark.search.Outline.Chapter;
import dev.earmark.search.spoken.ChapterLists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;

/**
 * Reads the outlines of some episodes: one pass over the hits in them, by doc values, and one over
 * their chapters.
 */
final class Outlines {
  /** Episodes that are cut into more are drawn with the first of them. */
  private static final int MOST_CHAPTERS = 4_000;

  private final Snapshot snapshot;
  private final TreeMap<Integer, String> episodes = new TreeMap<>();

  Outlines(Snapshot snapshot, List<String> ids) throws IOException {
    this.snapshot = snapshot;
    for (String id : ids) {
      int first = snapshot.firstDocument(id);
      if (first >= 0) {
        episodes.put(first, id);
      }
    }
  }

  /**
   * The outlines, by the ids of the episodes.
   *
   * @param hits what was asked for
   */
  Map<String, Outline> of(Query hits) throws IOException {
    Map<String, List<Long>> starts = new HashMap<>();
    MomentScan.run(snapshot, within(hits), new Starts(starts));
    Map<String, List<Chapter>> chapters = chapters();
    Map<String, Long> last = last();
    Map<String, Outline> outlines = new LinkedHashMap<>();
    for (String id : episodes.values()) {
      outlines.put(
          id,
          new Outline(
              chapters.getOrDefault(id, List.of()),
              starts.getOrDefault(id, List.of()).stream().sorted().toList(),
              last.getOrDefault(id, 0L)));
    }
    return outlines;
  }

  /** When the last moment of each episode starts. */
  private Map<String, Long> last() throws IOException {
    Map<String, List<Long>> starts = new HashMap<>();
    MomentScan.run(snapshot, within(QueryCompiler.allMoments()), new Starts(starts));
    Map<String, Long> last = new HashMap<>();
    starts.forEach((id, of) -> last.put(id, Collections.max(of)));
    return last;
  }

  private Query within(Query query) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String id : episodes.values()) {
      any.add(new TermQuery(new Term(Schema.EPISODE, id)), BooleanClause.Occur.SHOULD);
    }
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.FILTER)
        .add(any.build(), BooleanClause.Occur.FILTER)
        .build();
  }

  /** For each episode the chapters of the document that has most of them. */
  private Map<String, List<Chapter>> chapters() throws IOException {
    ScoreDoc[] found =
        snapshot.search(
                within(new TermQuery(new Term("kind", Kind.CHAPTER.id()))),
                MOST_CHAPTERS,
                Sort.INDEXORDER)
            .scoreDocs;
    ChapterLists chapters = new ChapterLists();
    StoredFields fields = snapshot.storedFields();
    for (ScoreDoc hit : found) {
      chapters.add(snapshot.moment(fields, hit.doc));
    }
    return chapters.byEpisode();
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

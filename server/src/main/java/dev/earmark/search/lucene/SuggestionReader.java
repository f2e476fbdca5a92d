package dev.earmark.search.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Kind;
import dev.earmark.query.Query.FieldIs;
import dev.earmark.schema.Schema;
import dev.earmark.search.Suggestion;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.PhraseCounter;
import dev.earmark.search.spoken.SaidWords;
import dev.earmark.search.spoken.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;

/**
 * Collects suggestions from a snapshot: names from facets, titles from episodes and chapters, and
 * {@linkplain PhraseCounter frequent phrases}.
 *
 * <p>Reads at most {@value #MOST_MOMENTS} moments, spread evenly. Takes seconds on a large index,
 * so it belongs on a background thread.
 */
final class SuggestionReader {
  private static final int MOST_NAMES = 20_000;
  private static final int MOST_CHAPTERS = 50_000;
  private static final int MOST_MOMENTS = 40_000;

  private final Snapshot snapshot;

  SuggestionReader(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Names, titles of episodes and words: what is quick to gather. */
  Suggestions names() throws IOException {
    List<Suggestion> all = new ArrayList<>();
    names(all);
    return new Suggestions(all);
  }

  /** All there is, phrases and chapters too. */
  Suggestions all() throws IOException {
    List<Suggestion> all = new ArrayList<>();
    names(all);
    chapters(all);
    phrases(all);
    return new Suggestions(all);
  }

  private SaidWords words() throws IOException {
    return new LuceneIndexStatistics(snapshot, Deadline.NONE).words();
  }

  private void names(List<Suggestion> all) throws IOException {
    FacetCounts counts = new FacetCounts(FacetLabels.of(snapshot), Map.of());
    MomentScan.collect(snapshot.searcher(), QueryTranslator.allMoments(), counts.alone());
    names(counts, "speaker", Suggestion.Type.SPEAKER, all);
    names(counts, "show", Suggestion.Type.SHOW, all);
    names(counts, "topic", Suggestion.Type.TOPIC, all);
    for (EpisodeEntry entry : LuceneIndex.episodes(snapshot.reader()).values()) {
      all.add(Suggestion.of(entry));
    }
  }

  private static void names(
      FacetCounts counts, String facet, Suggestion.Type type, List<Suggestion> into)
      throws IOException {
    for (FacetCounts.Count name : counts.top(facet, MOST_NAMES)) {
      into.add(
          Suggestion.query(
              name.value(), type, name.count(), new FieldIs(facet, name.value()).toString()));
    }
  }

  private void chapters(List<Suggestion> into) throws IOException {
    ScoreDoc[] found =
        snapshot
            .searcher()
            .search(
                new TermQuery(new Term("kind", Kind.CHAPTER.id())), MOST_CHAPTERS, Sort.INDEXORDER)
            .scoreDocs;
    MomentReader moments = new MomentReader(snapshot);
    for (ScoreDoc hit : found) {
      into.add(Suggestion.of(moments.read(hit.doc)));
    }
  }

  private void phrases(List<Suggestion> into) throws IOException {
    int documents = snapshot.reader().maxDoc();
    PhraseCounter phrases = new PhraseCounter(words(), documents);
    int step = Math.max(1, documents / MOST_MOMENTS);
    MomentReader moments = new MomentReader(snapshot);
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      NumericDocValues ordinals = DocValues.getNumeric(leaf.reader(), Schema.ORDINAL);
      Bits live = leaf.reader().getLiveDocs();
      for (int document = 0; document < leaf.reader().maxDoc(); document += step) {
        if (ordinals.advanceExact(document) && (live == null || live.get(document))) {
          phrases.count(moments.read(leaf.docBase + document).moment().text());
        }
      }
    }
    into.addAll(phrases.often(step));
  }
}

package dev.earmark.search.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Kind;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Words;
import dev.earmark.query.Query.FieldIs;
import dev.earmark.schema.Schema;
import dev.earmark.search.Suggestion;
import dev.earmark.search.spoken.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;

/**
 * Gathers what may be suggested from one state of the index.
 *
 * <p>Names come from the facets, titles from the episodes and chapters, and phrases are counted:
 * two or three words in a row that are said often and neither begin nor end with a small word. A
 * small word is one that a good part of the moments hold, in whatever language. Reads at most
 * {@value #MOST_MOMENTS} moments, evenly over the index, and keeps at most {@value #MOST_COUNTED}
 * phrases in mind. Meant for a thread in the background: it takes seconds on a large index.
 */
final class SuggestionReader {
  private static final int MOST_NAMES = 20_000;
  private static final int MOST_CHAPTERS = 50_000;
  private static final int MOST_MOMENTS = 40_000;
  private static final int MOST_COUNTED = 300_000;
  private static final int MOST_PHRASES = 30_000;
  private static final int OFTEN = 3;
  private static final double SMALL_WORD = 0.03;
  private static final int SHORTEST = 3;

  private final Snapshot snapshot;
  private final Set<String> smallWords = new HashSet<>();

  SuggestionReader(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Names, titles of episodes and words: what is quick to gather. */
  Suggestions names() throws IOException {
    List<Suggestion> all = new ArrayList<>();
    names(all);
    return new Suggestions(all, snapshot.near().words());
  }

  /** All there is, phrases and chapters too. */
  Suggestions all() throws IOException {
    List<Suggestion> all = new ArrayList<>();
    names(all);
    chapters(all);
    phrases(all);
    return new Suggestions(all, snapshot.near().words());
  }

  private void names(List<Suggestion> all) throws IOException {
    SortedSetDocValuesReaderState state = snapshot.facetState();
    if (state != null) {
      SortedSetDocValuesFacetCounts counts = new SortedSetDocValuesFacetCounts(state);
      names(counts, "speaker", Suggestion.Type.SPEAKER, all);
      names(counts, "show", Suggestion.Type.SHOW, all);
      names(counts, "topic", Suggestion.Type.TOPIC, all);
    }
    for (EpisodeEntry entry : LuceneIndex.episodes(snapshot.getIndexReader()).values()) {
      all.add(
          Suggestion.place(
              entry.episode().title(),
              Suggestion.Type.EPISODE,
              entry.moments(),
              entry.episode().id(),
              null));
    }
  }

  private static void names(
      SortedSetDocValuesFacetCounts counts,
      String facet,
      Suggestion.Type type,
      List<Suggestion> into)
      throws IOException {
    FacetResult result = counts.getTopChildren(MOST_NAMES, facet);
    if (result == null) {
      return;
    }
    for (LabelAndValue name : result.labelValues) {
      into.add(
          Suggestion.query(
              name.label, type, name.value.intValue(), new FieldIs(facet, name.label).toString()));
    }
  }

  private void chapters(List<Suggestion> into) throws IOException {
    ScoreDoc[] found =
        snapshot.search(
                new TermQuery(new Term("kind", Kind.CHAPTER.id())), MOST_CHAPTERS, Sort.INDEXORDER)
            .scoreDocs;
    for (ScoreDoc hit : found) {
      StoredMoment stored = snapshot.moment(hit.doc);
      String title = stored.moment().title();
      into.add(
          Suggestion.place(
              title == null ? stored.moment().text() : title,
              Suggestion.Type.CHAPTER,
              1,
              stored.episodeId(),
              stored.moment().anchor().span().map(TimeSpan::startMs).orElse(null)));
    }
  }

  private void phrases(List<Suggestion> into) throws IOException {
    int documents = snapshot.getIndexReader().maxDoc();
    smallWords.addAll(
        snapshot.near().words().heldByMoreThan((int) Math.max(5, documents * SMALL_WORD)));
    int step = Math.max(1, documents / MOST_MOMENTS);
    Map<String, Counted> counted = new HashMap<>();
    StoredFields stored = snapshot.storedFields();
    for (LeafReaderContext leaf : snapshot.getIndexReader().leaves()) {
      NumericDocValues ordinals = DocValues.getNumeric(leaf.reader(), Schema.ORDINAL);
      Bits live = leaf.reader().getLiveDocs();
      for (int document = 0; document < leaf.reader().maxDoc(); document += step) {
        if (ordinals.advanceExact(document) && (live == null || live.get(document))) {
          count(snapshot.moment(stored, leaf.docBase + document).moment().text(), counted);
          forgetRare(counted);
        }
      }
    }
    List<Counted> often = new ArrayList<>(counted.values());
    often.removeIf(phrase -> phrase.times < OFTEN);
    often.sort(Comparator.comparingInt((Counted phrase) -> -phrase.times));
    for (Counted phrase : often.subList(0, Math.min(often.size(), MOST_PHRASES))) {
      into.add(
          Suggestion.query(
              phrase.text, Suggestion.Type.PHRASE, phrase.times * step, '"' + phrase.text + '"'));
    }
  }

  /** What was said once so far is unlikely to be said often: a bound on memory. */
  private static void forgetRare(Map<String, Counted> counted) {
    if (counted.size() > MOST_COUNTED) {
      counted.values().removeIf(phrase -> phrase.times <= 1);
      if (counted.size() > MOST_COUNTED / 2) {
        counted.values().removeIf(phrase -> phrase.times <= OFTEN);
      }
    }
  }

  /** A phrase as it was first written, and how often it was met. */
  private static final class Counted {
    private final String text;
    private int times;

    Counted(String text) {
      this.text = text;
    }
  }

  /** Counts the phrases of a text, each once. */
  private void count(String text, Map<String, Counted> counted) {
    Words words = Words.of(text);
    String[] folded = words.folded();
    Map<String, int[]> here = new LinkedHashMap<>();
    for (int first = 0; first + 1 < folded.length; first++) {
      if (isSmall(folded[first])) {
        continue;
      }
      String phrase = folded[first];
      for (int last = first + 1; last <= first + 2 && last < folded.length; last++) {
        if (!isOneSpace(text, words.end(last - 1), words.start(last))) {
          break;
        }
        phrase += ' ' + folded[last];
        if (!isSmall(folded[last])) {
          here.putIfAbsent(phrase, new int[] {words.start(first), words.end(last)});
        }
      }
    }
    here.forEach((phrase, at) -> {
      Counted known =
          counted.computeIfAbsent(phrase, key -> new Counted(text.substring(at[0], at[1])));
      known.times++;
    });
  }

  /** Whether two words stand in one stretch of speech: nothing but a space between them. */
  private static boolean isOneSpace(String text, int from, int to) {
    return to == from + 1 && text.charAt(from) == ' ';
  }

  private boolean isSmall(String word) {
    return word.length() < SHORTEST || smallWords.contains(word);
  }
}

package dev.earmark.search.lucene;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Trend;
import dev.earmark.search.Trend.Point;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.HeardWays;
import dev.earmark.search.spoken.TrendPoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often a phrase is said.
 *
 * <p>One pass over the occurrences of its rarest word gives all counts. Not thread-safe; one a
 * question.
 */
final class TrendReader {
  private final WordTally tally;
  private final List<String> phrase;

  /** The phrase, and what it was heard as. */
  private final List<List<String>> ways = new ArrayList<>();

  private final WordTally.Column column;
  private final long[] counts;
  private final Trend.By by;
  private final Deadline deadline;

  /** The documents that are counted; null for all. */
  private final @Nullable BitSet scope;

  /** Whether the request says which kinds of moments are counted; else it is what is said. */
  private final boolean kindsAsked;

  private long count;
  private int moments;
  private long unplaced;
  private int first = -1;
  private long firstDate = Long.MAX_VALUE;
  private long firstTime = Long.MAX_VALUE;
  private String firstEpisode = "";

  /** What was counted, and the document of the first mention; -1 if there is none. */
  record Counted(Trend trend, int first) {}

  private TrendReader(
      WordTally tally,
      String text,
      Trend.By by,
      @Nullable BitSet scope,
      boolean kindsAsked,
      Deadline deadline) {
    this.scope = scope;
    this.kindsAsked = kindsAsked;
    this.tally = tally;
    this.deadline = deadline;
    this.by = by;
    this.column =
        switch (by) {
          case MONTH -> tally.months();
          case SHOW -> tally.shows();
          case SPEAKER -> tally.speakers();
        };
    this.counts = new long[column.size()];
    this.phrase = TrendPoints.phrase(text);
    ways.add(phrase);
  }

  /** Counts until time runs out. */
  static Counted of(
      Snapshot snapshot, String text, Trend.By by, SearchRequest scope, Deadline deadline)
      throws IOException {
    BitSet counted = scope.isNarrowed() ? documents(snapshot, scope, deadline) : null;
    boolean kindsAsked = scope.filters().containsKey("kind");
    TrendReader trends =
        new TrendReader(WordTally.of(snapshot), text, by, counted, kindsAsked, deadline);
    trends.ways.addAll(
        HeardWays.ways(trends.phrase, new LuceneIndexStatistics(snapshot, deadline)));
    try {
      for (LeafReaderContext leaf :
          trends.phrase.isEmpty() ? List.<LeafReaderContext>of() : snapshot.reader().leaves()) {
        trends.count(leaf);
      }
    } catch (Deadline.PassedException e) {
      // What was counted until then is the answer, and the deadline says that it may lack
      // something.
    }
    return new Counted(trends.trend(), trends.first);
  }

  /** The documents that a request narrows to. */
  private static BitSet documents(Snapshot snapshot, SearchRequest scope, Deadline deadline)
      throws IOException {
    BitSet documents = new BitSet(snapshot.reader().maxDoc());
    MomentScan.run(
        snapshot.searcher(),
        FieldFilters.narrowed(MatchAllDocsQuery.INSTANCE, scope),
        deadline,
        new MomentScan.Visitor() {
          private int base;

          @Override
          public void enter(LeafReaderContext leaf) {
            base = leaf.docBase;
          }

          @Override
          public void visit(int document) {
            documents.set(base + document);
          }
        });
    return documents;
  }

  private boolean isCounted(int document) {
    return (kindsAsked || tally.isSaid(document)) && (scope == null || scope.get(document));
  }

  private void count(LeafReaderContext leaf) throws IOException {
    deadline.check();
    Terms terms = leaf.reader().terms(Schema.TEXT_FIELD);
    if (terms == null) {
      return;
    }
    MomentColumns columns = MomentColumns.of(leaf.reader());
    List<PhraseIterator> found = new ArrayList<>();
    for (List<String> way : ways) {
      PhraseIterator one = occurrences(way, terms, columns);
      if (one != null) {
        one.nextDoc();
        found.add(one);
      }
    }
    NumericDocValues dates = DocValues.getNumeric(leaf.reader(), Schema.DATE);
    NumericDocValues times = DocValues.getNumeric(leaf.reader(), Schema.START);
    for (int doc = first(found); doc != DocIdSetIterator.NO_MORE_DOCS; doc = first(found)) {
      deadline.step();
      int often = 0;
      for (PhraseIterator one : found) {
        if (one.docID() == doc) {
          often += (int) one.frequency();
          one.nextDoc();
        }
      }
      int document = leaf.docBase + doc;
      if (!isCounted(document)) {
        continue;
      }
      count += often;
      moments++;
      int number = column.of(document);
      if (number < 0) {
        unplaced += often;
      } else {
        counts[number] += often;
      }
      long date = dates.advanceExact(doc) ? dates.longValue() : Long.MAX_VALUE - 1;
      long time = times.advanceExact(doc) ? times.longValue() : Long.MAX_VALUE;
      if (date > firstDate || (date == firstDate && time > firstTime)) {
        continue;
      }
      String episode = episode(leaf.reader(), doc);
      boolean tie = date == firstDate && time == firstTime;
      if (!tie || episode.compareTo(firstEpisode) < 0) {
        first = document;
        firstDate = date;
        firstTime = time;
        firstEpisode = episode;
      }
    }
  }

  /** Where a row of terms begins; null if one of them is nowhere. */
  private @Nullable PhraseIterator occurrences(List<String> row, Terms terms, MomentColumns columns)
      throws IOException {
    List<TermCursor> cursors = new ArrayList<>();
    long rarest = Long.MAX_VALUE;
    for (String word : row) {
      TermsEnum term = terms.iterator();
      if (!term.seekExact(new BytesRef(word))) {
        return null;
      }
      rarest = Math.min(rarest, term.totalTermFreq());
      cursors.add(new TermCursor(term.postings(null, PostingsEnum.POSITIONS), columns, deadline));
    }
    return new PhraseIterator(cursors, columns, rarest);
  }

  private static int first(List<PhraseIterator> found) {
    int first = DocIdSetIterator.NO_MORE_DOCS;
    for (PhraseIterator one : found) {
      first = Math.min(first, one.docID());
    }
    return first;
  }

  /** The id of a document's episode, by which those that begin at the same instant are ordered. */
  private static String episode(LeafReader reader, int doc) throws IOException {
    SortedSetDocValues labels =
        DocValues.getSortedSet(reader, FacetsConfig.DEFAULT_INDEX_FIELD_NAME);
    if (labels.advanceExact(doc)) {
      for (int i = labels.docValueCount(); i > 0; i--) {
        String[] path =
            FacetsConfig.stringToPath(labels.lookupOrd(labels.nextOrd()).utf8ToString());
        if (path[0].equals(Schema.EPISODE)) {
          return path[path.length - 1];
        }
      }
    }
    return "";
  }

  private Trend trend() {
    long[] words = new long[counts.length];
    long all = tally.saidWords();
    if (scope == null) {
      Arrays.setAll(words, column::words);
    } else {
      all = 0;
      for (int document = scope.nextSetBit(0);
          document >= 0;
          document = scope.nextSetBit(document + 1)) {
        if (isCounted(document)) {
          all += tally.words(document);
          int number = column.of(document);
          if (number >= 0) {
            words[number] += tally.words(document);
          }
        }
      }
    }
    List<Point> points = new ArrayList<>();
    for (int number = 0; number < counts.length; number++) {
      points.add(new Point(column.name(number), counts[number], words[number]));
    }
    return TrendPoints.trend(String.join(" ", phrase), by, count, all, moments, points, unplaced);
  }
}

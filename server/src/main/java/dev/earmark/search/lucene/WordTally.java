package dev.earmark.search.lucene;

import dev.earmark.model.Kind;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.Bits;

/**
 * The number of words of each moment, and its speaker, show and month, in columns.
 *
 * <p>Word counts are not stored. Words of an episode are numbered (see the package documentation),
 * so a moment has as many as lie between its first word and that of the next moment, less the gap
 * where the text breaks off; the last moment has the rest of the episode's total. Exact as long as
 * no moment has {@value MomentColumns#GAP} words.
 *
 * <p>Built from what is read of each segment anyway; seventeen bytes a document. Thread-safe once
 * built.
 */
final class WordTally {
  private static final int NONE = -1;

  private final int[] words;
  private final boolean[] said;
  private final Column speakers;
  private final Column shows;
  private final Column months;
  private long allWords;
  private long saidWords;

  /** The value of each document, by its number in a list of names. */
  static final class Column {
    private final int[] ofDocument;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private long[] words = new long[0];

    private Column(int documents) {
      ofDocument = new int[documents];
      Arrays.fill(ofDocument, NONE);
    }

    private int add(String name) {
      return numbers.computeIfAbsent(
          name,
          key -> {
            names.add(key);
            return names.size() - 1;
          });
    }

    /** The number of a document's value; -1 if it has none. */
    int of(int document) {
      return ofDocument[document];
    }

    /** How many values there are. */
    int size() {
      return names.size();
    }

    /** The value of a number. */
    String name(int number) {
      return names.get(number);
    }

    /** How many words are said with that value. */
    long words(int number) {
      return words[number];
    }
  }

  private WordTally(IndexReader index) throws IOException {
    int documents = index.maxDoc();
    words = new int[documents];
    said = new boolean[documents];
    months = new Column(documents);
    speakers = new Column(documents);
    shows = new Column(documents);
    for (LeafReaderContext leaf : index.leaves()) {
      MomentColumns columns = MomentColumns.of(leaf.reader());
      readValues(leaf);
      readWords(leaf, columns);
      readLastWords(leaf);
    }
    sum();
  }

  static WordTally of(Snapshot snapshot) throws IOException {
    return snapshot.once(WordTally.class, () -> new WordTally(snapshot.reader()));
  }

  private void readValues(LeafReaderContext leaf) throws IOException {
    SortedSetDocValues values =
        DocValues.getSortedSet(leaf.reader(), FacetsConfig.DEFAULT_INDEX_FIELD_NAME);
    int labels = (int) values.getValueCount();
    int[] speaker = new int[labels];
    int[] show = new int[labels];
    int segment = NONE;
    for (int ord = 0; ord < labels; ord++) {
      String[] path = FacetsConfig.stringToPath(values.lookupOrd(ord).utf8ToString());
      String value = path[path.length - 1];
      speaker[ord] = path[0].equals("speaker") ? speakers.add(value) : NONE;
      show[ord] = path[0].equals("show") ? shows.add(value) : NONE;
      segment = path[0].equals("kind") && value.equals(Kind.SEGMENT.id()) ? ord : segment;
    }
    FacetTuples tuples = FacetTuples.of(leaf.reader());
    boolean[] tupleSaid = new boolean[tuples.size()];
    int[] tupleSpeaker = new int[tuples.size()];
    int[] tupleShow = new int[tuples.size()];
    for (int tuple = 0; tuple < tuples.size(); tuple++) {
      tupleSpeaker[tuple] = NONE;
      tupleShow[tuple] = NONE;
      for (int ord : tuples.ordinals(tuple)) {
        tupleSaid[tuple] |= ord == segment;
        tupleSpeaker[tuple] = speaker[ord] == NONE ? tupleSpeaker[tuple] : speaker[ord];
        tupleShow[tuple] = show[ord] == NONE ? tupleShow[tuple] : show[ord];
      }
    }
    Bits live = leaf.reader().getLiveDocs();
    for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
      int document = leaf.docBase + doc;
      int tuple = tuples.of(doc);
      said[document] = tupleSaid[tuple] && (live == null || live.get(doc));
      speakers.ofDocument[document] = tupleSpeaker[tuple];
      shows.ofDocument[document] = tupleShow[tuple];
    }
    readMonths(leaf);
  }

  private void readMonths(LeafReaderContext leaf) throws IOException {
    NumericDocValues dates = DocValues.getNumeric(leaf.reader(), Schema.DATE);
    long day = Long.MIN_VALUE;
    int month = NONE;
    for (int doc = dates.nextDoc(); doc != NumericDocValues.NO_MORE_DOCS; doc = dates.nextDoc()) {
      if (said[leaf.docBase + doc]) {
        if (dates.longValue() != day) {
          // Neighbours are mostly of one day.
          day = dates.longValue();
          month = months.add(YearMonth.from(LocalDate.ofEpochDay(day)).toString());
        }
        months.ofDocument[leaf.docBase + doc] = month;
      }
    }
  }

  private void readWords(LeafReaderContext leaf, MomentColumns columns) {
    for (int document = 0; document < leaf.reader().maxDoc(); document++) {
      if (columns.isMoment(document)) {
        words[leaf.docBase + document] =
            (int) (columns.endWord(document) - columns.firstWord(document));
      }
    }
  }

  /** The last moment of an episode has the words that its other moments leave of all. */
  private void readLastWords(LeafReaderContext leaf) throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    int first = 0;
    for (EpisodeEntries.Key key : EpisodeEntries.keys(leaf.reader())) {
      int end = key.document();
      if (end > first && (live == null || live.get(end))) {
        long rest = key.words();
        for (int document = first; document < end - 1; document++) {
          rest -= words[leaf.docBase + document];
        }
        words[leaf.docBase + end - 1] = (int) Math.max(0, rest);
        allWords += key.words();
      }
      first = end + 1;
    }
  }

  private void sum() {
    for (int document = 0; document < words.length; document++) {
      saidWords += said[document] ? words[document] : 0;
    }
    for (Column column : List.of(speakers, shows, months)) {
      column.words = new long[column.size()];
      for (int document = 0; document < words.length; document++) {
        int number = column.ofDocument[document];
        if (said[document] && number != NONE) {
          column.words[number] += words[document];
        }
      }
    }
  }

  /** How many words a document has. */
  int words(int document) {
    return words[document];
  }

  /** How many words there are in all moments. */
  long allWords() {
    return allWords;
  }

  /** How many words are said. */
  long saidWords() {
    return saidWords;
  }

  /** Whether a document is something said, spoken or summed up, and not a copy of it. */
  boolean isSaid(int document) {
    return said[document];
  }

  Column speakers() {
    return speakers;
  }

  Column shows() {
    return shows;
  }

  /** The months of what is said, such as {@code 2026-02}. */
  Column months() {
    return months;
  }
}

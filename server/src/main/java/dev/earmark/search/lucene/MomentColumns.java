package dev.earmark.search.lucene;

import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SmallFloat;

/**
 * Values of all moments in a segment, in memory: episode, number of the first word, start, length,
 * evidence.
 *
 * <p>Uses nineteen bytes a document. A search for common words reads them for a large part of all
 * moments, and a phrase for every place where it might begin. Thread-safe.
 */
final class MomentColumns {
  private static final long MS_PER_WORD = 400;
  private static final int TICK_MS = 100;

  /** In how many ways a length is kept. */
  static final int LENGTHS = 256;

  private static final int NO_MOMENT = -1;

  /** What the numbering of words leaves free between texts that do not go on. */
  static final long GAP = 10_000;

  private static final SegmentCache<MomentColumns> OF_SEGMENTS =
      new SegmentCache<>(MomentColumns::new);

  /** Twice the start, and one more if the moment is not placed. */
  private final int[] starts;

  /** As Lucene keeps the length of a text. */
  private final byte[] lengths;

  /** As {@link dev.earmark.schema.Evidence#code} has it. */
  private final short[] evidence;

  private final long[] firstWords;

  /** The document of the first moment of the episode; {@value #NO_MOMENT} for what is no moment. */
  private final int[] episodes;

  private final BitSet episodeEnds;

  private MomentColumns(LeafReader reader) throws IOException {
    int documents = reader.maxDoc();
    starts = new int[documents];
    lengths = new byte[documents];
    evidence = new short[documents];
    firstWords = new long[documents];
    episodes = new int[documents];
    NumericDocValues positions = DocValues.getNumeric(reader, Schema.POSITION);
    for (int at = positions.nextDoc(); at < documents; at = positions.nextDoc()) {
      firstWords[at] = positions.longValue();
      starts[at] = 2 * ticks(positions.longValue() * MS_PER_WORD) + 1;
    }
    Arrays.fill(episodes, NO_MOMENT);
    NumericDocValues ordinals = DocValues.getNumeric(reader, Schema.ORDINAL);
    for (int at = ordinals.nextDoc(); at < documents; at = ordinals.nextDoc()) {
      episodes[at] = at - (int) ordinals.longValue();
    }
    NumericDocValues placed = DocValues.getNumeric(reader, Schema.START);
    for (int at = placed.nextDoc(); at < documents; at = placed.nextDoc()) {
      starts[at] = 2 * ticks(placed.longValue());
    }
    NumericDocValues norms = reader.getNormValues(Schema.TEXT_FIELD);
    if (norms != null) {
      for (int at = norms.nextDoc(); at < documents; at = norms.nextDoc()) {
        lengths[at] = (byte) norms.longValue();
      }
    }
    NumericDocValues codes = DocValues.getNumeric(reader, Schema.EVIDENCE);
    for (int at = codes.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = codes.nextDoc()) {
      evidence[at] = (short) codes.longValue();
    }
    episodeEnds = readEpisodeEnds(reader);
  }

  private static BitSet readEpisodeEnds(LeafReader reader) throws IOException {
    FixedBitSet ends = new FixedBitSet(reader.maxDoc() + 1);
    Terms terms = reader.terms(LuceneIndex.ENTRY);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      PostingsEnum postings = null;
      while (each.next() != null) {
        postings = each.postings(postings, PostingsEnum.NONE);
        for (int at = postings.nextDoc(); at < reader.maxDoc(); at = postings.nextDoc()) {
          ends.set(at);
        }
      }
    }
    ends.set(reader.maxDoc());
    return ends;
  }

  private static int ticks(long ms) {
    return (int) Math.min(ms / TICK_MS, Integer.MAX_VALUE / 2);
  }

  /** The columns of a segment. */
  static MomentColumns of(LeafReader reader) throws IOException {
    return OF_SEGMENTS.of(reader);
  }

  /** The place of a document of a whole index within its episode; -1 if it is no moment. */
  static int ordinal(IndexReader index, int document) throws IOException {
    if (document < 0) {
      return -1;
    }
    LeafReaderContext leaf = index.leaves().get(ReaderUtil.subIndex(document, index.leaves()));
    MomentColumns columns = of(leaf.reader());
    int inLeaf = document - leaf.docBase;
    return columns.isMoment(inLeaf) ? inLeaf - columns.episode(inLeaf) : -1;
  }

  /** Whether a document is a moment. */
  boolean isMoment(int document) {
    return document < episodes.length && episodes[document] != NO_MOMENT;
  }

  /** The document of the first moment of a moment's episode, which so names the episode. */
  int episode(int document) {
    return episodes[document];
  }

  /**
   * The documents that end an episode's block. The one after the last document is set, too, so that
   * every document has an end after it.
   */
  BitSet episodeEnds() {
    return episodeEnds;
  }

  /** The number of a moment's first word among the words of its episode. */
  long firstWord(int document) {
    return firstWords[document];
  }

  /** The number after that of a moment's last word; that of its first if it is the last of all. */
  long endWord(int document) {
    boolean last = !isMoment(document + 1) || episodes[document + 1] != episodes[document];
    long next = last ? firstWords[document] : firstWords[document + 1];
    return next - firstWords[document] >= GAP ? next - GAP : next;
  }

  /** Whether a moment is placed in the recording. */
  boolean isPlaced(int document) {
    return (starts[document] & 1) == 0;
  }

  /**
   * When a moment starts, to a tenth of a second.
   *
   * <p>One that is not placed gets the time it would have if its document were read out at {@value
   * #MS_PER_WORD} ms a word: enough to tell what stands near it in its own text. Comparable only
   * among moments that are placed, or only among others.
   */
  long startMs(int document) {
    return (long) (starts[document] >> 1) * TICK_MS;
  }

  /**
   * How many tenths of a second after another a moment starts; negative where the other is no
   * surrounding of it: only one of them is placed, or time runs backwards, as where another source
   * begins.
   */
  int tenthsBetween(int earlier, int later) {
    int twice = starts[later] - starts[earlier];
    return (twice & 1) == 0 ? twice >> 1 : -1;
  }

  /** How the length of a moment is kept: 0 to before {@value #LENGTHS}. */
  int lengthKept(int document) {
    return lengths[document] & 0xFF;
  }

  /** How many words a length as it is kept is, about. */
  static int length(int kept) {
    return SmallFloat.byte4ToInt((byte) kept);
  }

  /** What says how far to trust a moment, as {@link dev.earmark.schema.Evidence#code} has it. */
  int evidence(int document) {
    return evidence[document];
  }
}

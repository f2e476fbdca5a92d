package dev.earmark.index.lucene;

import dev.earmark.index.IndexException;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import dev.earmark.text.LanguageGuess;
import dev.earmark.vector.ContentHash;
import dev.earmark.vector.MomentPassages;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.VectorJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of an index's moments for one model: where they lie, and what they are made of.
 *
 * <p>In the index a vector is a field of the moment's document, whose name holds the model, so that
 * vectors of two models never meet. On its way there it lies in the {@link VectorJournal}, by the
 * content that the model was given. Thread-safe.
 */
public final class VectorStore implements AutoCloseable {
  private static final String PREFIX = "vector-";

  private final TextEmbedder embedder;
  private final VectorJournal journal;

  private VectorStore(TextEmbedder embedder, VectorJournal journal) {
    this.embedder = embedder;
    this.journal = journal;
  }

  /**
   * Opens what there is of an index for a model.
   *
   * @param embedder stays open when this is closed
   * @throws IndexException if another process has it open
   */
  public static VectorStore open(Path index, TextEmbedder embedder) throws IOException {
    return new VectorStore(
        embedder, VectorJournal.open(index, embedder.model(), embedder.dimension()));
  }

  /** The name of the field that holds the vectors of a model. */
  public static String field(String model) {
    return PREFIX + model;
  }

  /** Whether a field holds the vectors of some model. */
  static boolean isVectors(String field) {
    return field.startsWith(PREFIX);
  }

  TextEmbedder embedder() {
    return embedder;
  }

  VectorJournal journal() {
    return journal;
  }

  String field() {
    return field(embedder.model());
  }

  /** A moment of a segment that is to have a vector, and what of. */
  record Wanted(int document, String passage, ContentHash content) {}

  /** What is done with a segment's moments, an episode at a time. */
  interface Visitor {
    /**
     * @param wanted those that are to have a vector; never empty
     */
    void episode(List<Wanted> wanted) throws IOException;
  }

  /**
   * Goes through the moments of a segment that are in a language of the model.
   *
   * @param live the documents to go through; null for all
   * @param without only those that have no vector yet, else only those that have one
   */
  void visit(LeafReader segment, @Nullable Bits live, boolean without, Visitor visitor)
      throws IOException {
    int most = segment.maxDoc();
    KnnVectorValues.@Nullable DocIndexIterator vectors = iterator(segment);
    StoredFields stored = segment.storedFields();
    int begin = 0;
    boolean some = false;
    Ends ends = new Ends(segment);
    for (int document = 0; document < most; document++) {
      if (ends.isEnd(document)) {
        if (some) {
          block(stored, segment, live, without, begin, document, visitor);
        }
        begin = document + 1;
        some = false;
      } else if (live == null || live.get(document)) {
        boolean has = has(vectors, document);
        some |= has != without;
      }
    }
  }

  private KnnVectorValues.@Nullable DocIndexIterator iterator(LeafReader segment)
      throws IOException {
    ByteVectorValues values = segment.getByteVectorValues(field());
    return values == null ? null : values.iterator();
  }

  private static boolean has(KnnVectorValues.@Nullable DocIndexIterator vectors, int document)
      throws IOException {
    if (vectors == null) {
      return false;
    }
    int at = vectors.docID();
    return (at < document ? vectors.advance(document) : at) == document;
  }

  /** The moments of one episode: what stands around one decides what its vector is made of. */
  private void block(
      StoredFields stored,
      LeafReader segment,
      @Nullable Bits live,
      boolean without,
      int from,
      int to,
      Visitor visitor)
      throws IOException {
    List<StoredMoment> moments = new ArrayList<>(to - from);
    for (int document = from; document < to; document++) {
      BytesRef bytes = stored.document(document, Set.of(Schema.BODY)).getBinaryValue(Schema.BODY);
      if (bytes == null) {
        // No block of ours; the check of the index tells.
        return;
      }
      moments.add(MomentCodec.decode(bytes.bytes, bytes.offset, bytes.length));
    }
    List<String> passages = MomentPassages.of(moments);
    KnnVectorValues.@Nullable DocIndexIterator vectors = iterator(segment);
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      boolean has = has(vectors, from + i);
      if (has != without
          && (live == null || live.get(from + i))
          && reads(moments.get(i).language())
          && !passages.get(i).isBlank()) {
        wanted.add(new Wanted(from + i, passages.get(i), ContentHash.of(passages.get(i))));
      }
    }
    if (!wanted.isEmpty()) {
      visitor.episode(wanted);
    }
  }

  private boolean reads(String language) {
    return language.isEmpty()
        || language.equals(LanguageGuess.UNDETERMINED)
        || embedder.reads(language);
  }

  /** Where the blocks of a segment end: at the documents of episodes. */
  private static final class Ends {
    private final BitSet ends = new BitSet();

    Ends(LeafReader segment) throws IOException {
      Terms terms = segment.terms(LuceneIndex.ENTRY);
      if (terms != null) {
        TermsEnum each = terms.iterator();
        while (each.next() != null) {
          add(each);
        }
      }
    }

    /** Those of one episode. */
    Ends(LeafReader segment, BytesRef episode) throws IOException {
      Terms terms = segment.terms(LuceneIndex.ENTRY);
      TermsEnum each = terms == null ? null : terms.iterator();
      if (each != null && each.seekExact(episode)) {
        add(each);
      }
    }

    private void add(TermsEnum episode) throws IOException {
      PostingsEnum documents = episode.postings(null, PostingsEnum.NONE);
      for (int document = documents.nextDoc();
          document != DocIdSetIterator.NO_MORE_DOCS;
          document = documents.nextDoc()) {
        ends.set(document);
      }
    }

    boolean isEnd(int document) {
      return ends.get(document);
    }
  }

  /**
   * Keeps the vectors of an episode whose moments are about to go, for those that come again.
   *
   * @param reader of the index as it was committed last
   */
  void keep(DirectoryReader reader, String episode) throws IOException {
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader segment = context.reader();
      PostingsEnum documents =
          segment.getByteVectorValues(field()) == null
              ? null
              : segment.postings(new Term(Schema.EPISODE, episode), PostingsEnum.NONE);
      if (documents == null) {
        continue;
      }
      Ends ends = new Ends(segment, new BytesRef(episode));
      int begin = -1;
      for (int document = documents.nextDoc();
          document != DocIdSetIterator.NO_MORE_DOCS;
          document = documents.nextDoc()) {
        if (begin < 0) {
          begin = document;
        }
        if (ends.isEnd(document)) {
          block(
              segment.storedFields(),
              segment,
              segment.getLiveDocs(),
              false,
              begin,
              document,
              wanted -> keep(segment, wanted));
          begin = -1;
        }
      }
    }
  }

  private void keep(LeafReader segment, List<Wanted> moments) throws IOException {
    ByteVectorValues values = segment.getByteVectorValues(field());
    if (values == null) {
      return;
    }
    KnnVectorValues.DocIndexIterator at = values.iterator();
    for (Wanted moment : moments) {
      if (has(at, moment.document())) {
        journal.put(moment.content(), values.vectorValue(at.index()));
      }
    }
  }

  /**
   * Puts those vectors into the journal that moments lack and other moments of the same content
   * have.
   *
   * @return how many of the moments have one now that had none
   */
  int copy(DirectoryReader reader, Stream<Wanted> lacking) throws IOException {
    Map<ContentHash, Integer> contents = new HashMap<>();
    lacking
        .filter(moment -> !journal.contains(moment.content()))
        .forEach(moment -> contents.merge(moment.content(), 1, Integer::sum));
    int[] found = {0};
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader segment = context.reader();
      if (segment.getByteVectorValues(field()) != null) {
        visit(
            segment,
            segment.getLiveDocs(),
            false,
            moments -> {
              List<Wanted> same = new ArrayList<>();
              for (Wanted moment : moments) {
                Integer lack = contents.remove(moment.content());
                if (lack != null) {
                  same.add(moment);
                  found[0] += lack;
                }
              }
              keep(segment, same);
            });
      }
    }
    return found[0];
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}

package dev.earmark.search.lucene;

import dev.earmark.search.rank.TermProximity;
import dev.earmark.search.spoken.Forms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;

/**
 * The {@link TermProximity} of query words in given documents.
 *
 * <p>Reads only the documents it is asked for, in order, so it costs their number and not that of
 * all hits. Not thread-safe; one a search.
 */
final class PairEvidence {
  private final String field;
  private final List<Forms> words;
  private final TermProximity proximity;

  /** What each word weighs with the next. */
  private final float[] weights;

  /**
   * @param words two or more, in the order of the query
   */
  PairEvidence(String field, List<Forms> words, Snapshot snapshot) throws IOException {
    this.field = field;
    this.proximity = snapshot.ranking().proximity();
    this.words = List.copyOf(words.subList(0, Math.min(words.size(), proximity.mostWords())));
    float[] importances = new float[this.words.size()];
    float[] idfs = new float[this.words.size()];
    for (int i = 0; i < idfs.length; i++) {
      long documents = 0;
      for (String term : this.words.get(i).terms()) {
        documents = Math.max(documents, snapshot.reader().docFreq(new Term(field, term)));
      }
      int all = snapshot.reader().numDocs();
      importances[i] = this.words.get(i).importance();
      idfs[i] = TermProximity.idf(documents, all);
    }
    this.weights = TermProximity.weights(importances, idfs);
  }

  /** Looks at the documents of a segment of the index. */
  Look in(LeafReaderContext leaf) throws IOException {
    return new Look(leaf);
  }

  /** A look at documents in increasing order. */
  final class Look {
    private final List<List<PostingsEnum>> postings = new ArrayList<>();
    private final int[][] positions = new int[words.size()][];
    private final int[] counts = new int[words.size()];

    private Look(LeafReaderContext leaf) throws IOException {
      Terms terms = leaf.reader().terms(field);
      for (int word = 0; word < words.size(); word++) {
        List<PostingsEnum> forms = new ArrayList<>();
        for (String form : words.get(word).terms()) {
          TermsEnum term = terms == null ? null : terms.iterator();
          if (term != null && term.seekExact(new Term(field, form).bytes())) {
            forms.add(term.postings(null, PostingsEnum.POSITIONS));
          }
        }
        postings.add(forms);
        positions[word] = new int[16];
      }
    }

    /** The proximity score of a document. */
    float of(int document) throws IOException {
      for (int word = 0; word < counts.length; word++) {
        read(word, document);
      }
      float sum = 0;
      for (int first = 0; first + 1 < counts.length; first++) {
        if (counts[first] > 0 && counts[first + 1] > 0) {
          sum +=
              weights[first]
                  * proximity.worth(
                      positions[first], counts[first], positions[first + 1], counts[first + 1]);
        }
      }
      return sum;
    }

    private void read(int word, int document) throws IOException {
      int count = 0;
      for (PostingsEnum form : postings.get(word)) {
        if (form.docID() < document) {
          form.advance(document);
        }
        for (int left = form.docID() == document ? form.freq() : 0; left > 0; left--) {
          if (count == positions[word].length) {
            positions[word] = Arrays.copyOf(positions[word], count * 2);
          }
          positions[word][count++] = form.nextPosition();
        }
      }
      // Several forms may be the same word: then they stand at the same place.
      Arrays.sort(positions[word], 0, count);
      int distinct = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || positions[word][i] != positions[word][i - 1]) {
          positions[word][distinct++] = positions[word][i];
        }
      }
      counts[word] = distinct;
    }
  }
}

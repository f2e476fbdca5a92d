package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.SmallFloat;
import org.junit.jupiter.api.Test;

/** BM25, against Lucene's. */
class Bm25Test {
  @Test
  void scoresAsLuceneDoes() {
    RankingParameters parameters = RankingParameters.DEFAULT;
    SimScorer lucene =
        new BM25Similarity((float) parameters.bm25K1(), (float) parameters.bm25B())
            .scorer(
                1,
                new CollectionStatistics("text", 1_000, 1_000, 20_000, 15_000),
                new TermStatistics(new BytesRef("word"), 10, 14));
    Bm25 ours = new Bm25(Bm25.idf(10, 1_000), 20, parameters);
    for (int length = 1; length < 300; length += 7) {
      byte kept = SmallFloat.intToByte4(length);
      for (int frequency = 1; frequency < 9; frequency++) {
        assertThat(ours.score(frequency, Lengths.kept(length)))
            .isCloseTo(lucene.score(frequency, Byte.toUnsignedLong(kept)), within(1e-5f));
      }
    }
  }

  @Test
  void lengthsAreKeptAsLuceneKeepsThem() {
    for (int length = 0; length < 100_000; length++) {
      assertThat(Lengths.kept(length))
          .isEqualTo(SmallFloat.byte4ToInt(SmallFloat.intToByte4(length)));
    }
  }
}

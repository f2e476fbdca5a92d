package dev.earmark.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.schema.Schema;
import dev.earmark.search.rank.RankingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** What is said around hits, against sums over all pairs of them. */
class EpisodeHitsTest {
  private static final int WORDS = 3;

  /** A moment: when it starts in tenths, whether it is placed, and how often it has each word. */
  private record Moment(int tenths, boolean placed, float[] said) {
    boolean isHit() {
      return said[0] + said[1] + said[2] > 0;
    }
  }

  @Test
  void sumsWhatIsSaidAround() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    // The same one for all episodes: nothing of one may be left in the next.
    EpisodeHits hits = new EpisodeHits(WORDS, RankingModel.DEFAULT.passages());
    for (int round = 0; round < 30; round++) {
      List<Moment> episode = episode(random);
      try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
        int before = random.nextInt(100);
        MomentColumns columns = columns(directory, episode, before);
        hits.begin(before, before + episode.size());
        for (int word = 0; word < WORDS; word++) {
          // Two forms of a word share what it is said.
          add(hits, word, 1, episode, before);
          add(hits, word, 0.5f, episode, before);
        }
        hits.survey(columns);
        check(hits, episode, "seed " + seed + " round " + round);
      }
    }
  }

  private static List<Moment> episode(Random random) {
    List<Moment> episode = new ArrayList<>();
    int size = 1 + random.nextInt(200);
    float[] often = {random.nextFloat(), random.nextFloat() / 8, random.nextInt(2)};
    int tenths = 0;
    for (int i = 0; i < size; i++) {
      // Now and then another source begins, or the recording goes on much later.
      tenths = random.nextInt(40) == 0 ? 0 : tenths + random.nextInt(400);
      tenths += random.nextInt(60) == 0 ? 20_000 : 0;
      float[] said = new float[WORDS];
      for (int word = 0; word < WORDS; word++) {
        said[word] = random.nextFloat() < often[word] ? 1 + random.nextInt(3) : 0;
      }
      episode.add(new Moment(tenths, i % 50 < 45, said));
    }
    return episode;
  }

  private static MomentColumns columns(
      ByteBuffersDirectory directory, List<Moment> episode, int before) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < before; i++) {
        writer.addDocument(new Document());
      }
      for (int i = 0; i < episode.size(); i++) {
        Document document = new Document();
        Moment moment = episode.get(i);
        document.add(new NumericDocValuesField(Schema.ORDINAL, i));
        // A word takes four tenths: a moment without a time has that of its words.
        document.add(new NumericDocValuesField(Schema.POSITION, (moment.tenths() + 3) / 4));
        if (moment.placed()) {
          document.add(new NumericDocValuesField(Schema.START, moment.tenths() * 100L));
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      return MomentColumns.of(reader.leaves().getFirst().reader());
    }
  }

  private static void add(
      EpisodeHits hits, int word, float weight, List<Moment> episode, int before) {
    DocAndFloatFeatureBuffer found = new DocAndFloatFeatureBuffer();
    found.growNoCopy(episode.size() + 1);
    for (int i = 0; i < episode.size(); i++) {
      if (episode.get(i).said()[word] > 0) {
        found.docs[found.size] = before + i;
        found.features[found.size++] = episode.get(i).said()[word];
      }
    }
    int own = found.size;
    found.docs[found.size] = before + episode.size();
    found.features[found.size++] = 100;
    assertThat(hits.add(word, weight, found, 0)).isEqualTo(own);
  }

  private static void check(EpisodeHits hits, List<Moment> episode, String what) {
    int[] places =
        IntStream.range(0, episode.size()).filter(place -> episode.get(place).isHit()).toArray();
    long[] bits = new long[EpisodeHits.longs(episode.size())];
    hits.copyTo(bits);
    assertThat(BitSet.valueOf(bits).stream().toArray()).as(what).isEqualTo(places);
    for (int hit = 0; hit < places.length; hit++) {
      assertThat(hits.hit(places[hit])).as(what).isEqualTo(hit);
      for (int word = 0; word < WORDS; word++) {
        if (!hits.has(word)) {
          assertThat(episode.get(places[hit]).said()[word]).as(what).isZero();
          continue;
        }
        double near = 0;
        double block = 0;
        for (int other = 0; other < places.length; other++) {
          float said = 1.5f * episode.get(places[other]).said()[word];
          near += said * left(episode, places, hit, other, 30);
          block += said * left(episode, places, hit, other, 150);
        }
        String where = what + " word " + word + " hit " + hit;
        float own = 1.5f * episode.get(places[hit]).said()[word];
        assertThat(hits.own(word, hit)).as(where).isEqualTo(own);
        assertThat((double) hits.near(word, hit)).as(where).isCloseTo(near, within(1e-2));
        assertThat((double) hits.block(word, hit)).as(where).isCloseTo(block, within(1e-2));
      }
    }
  }

  /** What is left of one hit at another, unless a source ends between them. */
  private static double left(List<Moment> episode, int[] places, int one, int other, int seconds) {
    double left = 1;
    for (int hit = Math.min(one, other) + 1; hit <= Math.max(one, other); hit++) {
      Moment before = episode.get(places[hit - 1]);
      Moment after = episode.get(places[hit]);
      int between = tenths(after) - tenths(before);
      left *=
          before.placed() == after.placed() && between >= 0
              ? Math.exp(-between / 10.0 / seconds)
              : 0;
    }
    return left;
  }

  private static int tenths(Moment moment) {
    return moment.placed() ? moment.tenths() : (moment.tenths() + 3) / 4 * 4;
  }
}

package dev.earmark.bench;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.TimeMap;
import dev.earmark.schema.IndexedMoment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Some spoken moments of an index, to do one thing to again and again.
 *
 * @param earmark the index, open
 * @param episode one episode of it
 * @param maps the times of the moments' words
 * @param texts the moments' texts
 * @param stored the moments as the index keeps them
 */
record InnerSample(
    EarmarkContender earmark,
    String episode,
    List<TimeMap> maps,
    List<String> texts,
    List<byte[]> stored) {
  /** How many moments there are; a power of two. */
  static final int SIZE = 1 << 10;

  static InnerSample of(Path index) throws IOException {
    EarmarkContender earmark = EarmarkContender.open(index);
    List<EpisodeEntry> episodes = new ArrayList<>(earmark.engine().episodes());
    Collections.shuffle(episodes, new Random(EpisodeMaker.SEED));
    List<TimeMap> maps = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<byte[]> stored = new ArrayList<>();
    for (EpisodeEntry entry : episodes) {
      for (StoredMoment moment : earmark.engine().moments(entry.episode().id())) {
        TimeMap times = moment.moment().times();
        if (times != null && times.words() > 0 && maps.size() < SIZE) {
          maps.add(times);
          texts.add(moment.moment().text());
          stored.add(MomentCodec.encode(asIndexed(entry, moment)));
        }
      }
    }
    if (maps.size() < SIZE) {
      throw new IOException(
          index + " has " + maps.size() + " spoken moments, and " + SIZE + " are needed");
    }
    return new InnerSample(earmark, episodes.getFirst().episode().id(), maps, texts, stored);
  }

  private static IndexedMoment asIndexed(EpisodeEntry entry, StoredMoment moment) {
    return new IndexedMoment(
        entry.episode(),
        moment.source(),
        moment.format(),
        moment.language(),
        moment.ordinal(),
        moment.position(),
        moment.moment());
  }
}

package dev.earmark.index;

import dev.earmark.index.lucene.LuceneIndexSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A process of its own that changes files and indexes them for ever, until it is killed.
 *
 * <p>Revision r of an episode has r words. When a run has returned, and so is promised to last, it
 * prints {@code kept ID REVISION} for each episode it changed.
 */
final class DyingIndexer {
  private static final int EPISODES = 24;

  private DyingIndexer() {}

  public static void main(String[] arguments) throws IOException {
    Path corpus = Path.of(arguments[0]);
    Path index = Path.of(arguments[1]);
    Random random = new Random(Long.parseLong(arguments[2]));
    Map<String, Long> revisions = IndexedWords.of(index);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < EPISODES; i++) {
      numbers.add(i);
    }
    while (true) {
      Collections.shuffle(numbers, random);
      List<String> changed = new ArrayList<>();
      for (int number : numbers.subList(0, 1 + random.nextInt(6))) {
        String id = "episode-" + number;
        long revision = revisions.merge(id, 1L, Long::sum);
        Path unfinished = corpus.resolve("." + id);
        Files.writeString(
            unfinished, "WEBVTT\n\n00:01.000 --> 00:09.000\n" + "word ".repeat((int) revision));
        Files.move(unfinished, corpus.resolve(id + ".vtt"), StandardCopyOption.REPLACE_EXISTING);
        changed.add(id);
      }
      try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
        new Indexer(sink, (id, done, of, words) -> {}).run(List.of(corpus));
      }
      StringBuilder kept = new StringBuilder();
      for (String id : changed) {
        kept.append("kept ").append(id).append(' ').append(revisions.get(id)).append('\n');
      }
      System.out.print(kept);
      System.out.flush();
    }
  }
}

package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.lucene.IndexCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that indexes, at random moments, and looks at what it leaves behind.
 *
 * <p>{@code -Dearmark.crash.rounds=50} for a long run, {@code -Dearmark.seed=N} to repeat one.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("earmark.crash.rounds", 5);
  private static final long SEED = Long.getLong("earmark.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedOutlivesTheProcess() throws Exception {
    Random random = new Random(SEED);
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path index = folder.resolve("index");
    Map<String, Long> kept = new HashMap<>();
    int acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged += runAndKill(corpus, index, random, kept);
      String where = "seed " + SEED + ", round " + round;
      IndexCheck.Result found = IndexCheck.of(index);
      assertThat(found.faults()).as(where).isEmpty();
      Map<String, Long> known = IndexedWords.of(index);
      assertThat(found.episodes()).as(where).isEqualTo(known.size());
      kept.forEach((id, revision) -> {
        assertThat(known).as(where).containsKey(id);
        // One run may have been committed whose acknowledgement the kill cut off.
        assertThat(known.get(id)).as(where + ", " + id).isIn(revision, revision + 1);
      });
      kept.putAll(known);
    }
    assertThat(acknowledged).as("seed " + SEED).isGreaterThanOrEqualTo(ROUNDS);
    System.out.printf(
        Locale.ROOT,
        "figures: CrashTest: %,d kills, %,d changes acknowledged, none lost; seed %d%n",
        ROUNDS,
        acknowledged,
        SEED);
  }

  /** Runs until something was acknowledged and then a random while longer; reads all it said. */
  private static int runAndKill(Path corpus, Path index, Random random, Map<String, Long> kept)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DyingIndexer.class.getName(),
                corpus.toString(),
                index.toString(),
                Long.toString(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    CountDownLatch begun = new CountDownLatch(1);
    long delay = random.nextInt(700);
    Thread killer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                begun.await(60, TimeUnit.SECONDS);
                process.waitFor(delay, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              // Not through the process: that would close what it said and nobody read yet.
              process.toHandle().destroyForcibly();
            });
    int acknowledged = 0;
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        String[] words = line.split(" ");
        // The kill may cut the last line short.
        if (words.length == 3 && words[0].equals("kept") && !words[2].isEmpty()) {
          long revision = Long.parseLong(words[2]);
          long before = kept.getOrDefault(words[1], 0L);
          if (revision >= before) {
            kept.put(words[1], revision);
            acknowledged++;
          }
        }
        begun.countDown();
      }
    }
    killer.join();
    process.waitFor();
    return acknowledged;
  }
}

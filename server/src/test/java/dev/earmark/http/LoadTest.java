package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.CheckingClient;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients at once, for a while: {@code -Dearmark.load.seconds=60} for a long one. On this
 * machine's loopback only.
 */
class LoadTest {
  private static final long SECONDS = Long.getLong("earmark.load.seconds", 8);
  private static final int CLIENTS = 24;
  private static final List<String> PATHS =
      List.of(
          "/api/v1/search?q=",
          "/api/v1/search?group=episode&q=",
          "/?q=",
          "/api/v1/suggest?q=",
          "/api/v1/episodes/dario-amodei-2026/matches?q=",
          "/e/dario-amodei-2026?q=");
  private static final List<String> QUERIES =
      List.of(
          "geniuses",
          "\"country of geniuses\"",
          "data center power",
          "\"zero time\" speaker:dario",
          "comput*",
          "revenu~",
          "kind:prediction",
          "-the nothing",
          "\"in the\"~5",
          "scaling laws OR reinforcement",
          "");

  @TempDir Path folder;

  @Test
  void manyClientsForAWhile() throws Exception {
    Corpora.index(folder, Corpora.SEEDS);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder);
        EarmarkServer server = EarmarkServer.start(engine, 0)) {
      long seed = Long.getLong("seed", System.nanoTime());
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      long firstTenth = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / 10;
      ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
      ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
      AtomicLong turnedAway = new AtomicLong();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        clients.add(
            Thread.ofPlatform()
                .start(() -> ask(server.port(), random, end, times, turnedAway, errors)));
      }
      while (System.nanoTime() < firstTenth) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      long memoryBefore = usedAfterCollection();
      long filesBefore = openFiles();
      for (Thread client : clients) {
        client.join();
      }
      long memoryAfter = usedAfterCollection();
      long filesAfter = openFiles();
      long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "figures: LoadTest: %d s, %d clients, %,d answers, %,d turned away, p50 %.0f ms, p99 %.0f"
              + " ms, heap %+,d kB, files %+d; seed %d%n",
          SECONDS,
          CLIENTS,
          sorted.length,
          turnedAway.get(),
          at(sorted, .5),
          at(sorted, .99),
          (memoryAfter - memoryBefore) >> 10,
          filesAfter - filesBefore,
          seed);
      assertThat(errors).as("seed " + seed).isEmpty();
      assertThat(sorted.length).isGreaterThan(CLIENTS);
      // Times kept by this test, 24 bytes each, are no growth of the server's.
      long own = 64L * sorted.length;
      assertThat(memoryAfter - memoryBefore - own)
          .as("growth of the heap beside answers that are kept")
          .isLessThan((16 << 20) + KnownAnswers.MOST_BYTES);
      assertThat(filesAfter).as("open files").isLessThanOrEqualTo(filesBefore + 8);
    }
  }

  private static void ask(
      int port,
      Random random,
      long end,
      ConcurrentLinkedQueue<Long> times,
      AtomicLong turnedAway,
      ConcurrentLinkedQueue<String> errors) {
    try (HttpClient client = CheckingClient.create()) {
      while (System.nanoTime() < end) {
        String path =
            PATHS.get(random.nextInt(PATHS.size()))
                + URLEncoder.encode(
                    QUERIES.get(random.nextInt(QUERIES.size())), StandardCharsets.UTF_8)
                // No address twice, or it would be answered from memory.
                + "&n="
                + random.nextLong();
        long start = System.nanoTime();
        HttpResponse<byte[]> answer =
            client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() == 200) {
          times.add(System.nanoTime() - start);
        } else if (answer.statusCode() == 503) {
          turnedAway.incrementAndGet();
        } else {
          errors.add(answer.statusCode() + " " + path);
        }
      }
    } catch (IOException | InterruptedException e) {
      errors.add(e.toString());
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }

  /** Bytes in use once what nobody holds is gone. */
  private static long usedAfterCollection() {
    long[] used = new long[3];
    for (int i = 0; i < used.length; i++) {
      System.gc();
      used[i] = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
    return Arrays.stream(used).min().orElseThrow();
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}

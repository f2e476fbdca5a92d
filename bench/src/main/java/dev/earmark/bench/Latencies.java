package dev.earmark.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * How long searches took, one after another.
 *
 * @param sortedNanos each, shortest first
 * @param hits how many hits they had on the mean
 */
record Latencies(long[] sortedNanos, double hits) {
  /** Who is slow is asked less: for so long, but {@link #LEAST} times at least. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final long RUSH_NANOS = 2_000_000_000L;
  private static final int LEAST = 5;
  private static final int COLD = 5;

  /** Asks until the code is compiled and everything was asked once, and then by the clock. */
  static Latencies warm(Contender contender, List<Ask> asks) throws IOException {
    warmUp(contender, asks);
    return timed(asks, LEAST, PATIENCE_NANOS, contender::search);
  }

  private static void warmUp(Contender contender, List<Ask> asks) throws IOException {
    long begin = System.nanoTime();
    do {
      var unused = timed(asks, 1, PATIENCE_NANOS, contender::search);
    } while (System.nanoTime() - begin < RUSH_NANOS);
  }

  /**
   * Asks two by the clock, each question one and then the other, so that a machine that is now fast
   * and now slow is so to both; before that as {@link #warm} does.
   *
   * @return those of the one and those of the other
   */
  static List<Latencies> inTurn(Contender one, Contender other, List<Ask> asks) throws IOException {
    warmUp(one, asks);
    warmUp(other, asks);
    long[] ofOne = new long[asks.size()];
    long[] ofOther = new long[asks.size()];
    double hits = 0;
    double otherHits = 0;
    for (int i = 0; i < asks.size(); i++) {
      long start = System.nanoTime();
      hits += one.search(asks.get(i));
      long between = System.nanoTime();
      otherHits += other.search(asks.get(i));
      ofOne[i] = between - start;
      ofOther[i] = System.nanoTime() - between;
    }
    Arrays.sort(ofOne);
    Arrays.sort(ofOther);
    return List.of(
        new Latencies(ofOne, hits / ofOne.length),
        new Latencies(ofOther, otherHits / ofOther.length));
  }

  /** Opens the index anew for each of the first searches, which it then asks, by the clock. */
  static Latencies cold(Contender.Opening opening, List<Ask> asks) throws IOException {
    return timed(
        asks.subList(0, Math.min(COLD, asks.size())),
        1,
        PATIENCE_NANOS,
        ask -> {
          try (Contender contender = opening.open()) {
            return contender.search(ask);
          }
        });
  }

  /** Asks everything once, by the clock from the first. */
  static Latencies once(Contender contender, List<Ask> asks) throws IOException {
    return timed(asks, asks.size(), 0, contender::search);
  }

  private interface Search {
    long hits(Ask ask) throws IOException;
  }

  private static Latencies timed(List<Ask> asks, int least, long patience, Search search)
      throws IOException {
    long[] nanos = new long[asks.size()];
    double hits = 0;
    int asked = 0;
    long begin = System.nanoTime();
    while (asked < nanos.length && (asked < least || System.nanoTime() - begin < patience)) {
      long start = System.nanoTime();
      hits += search.hits(asks.get(asked));
      nanos[asked++] = System.nanoTime() - start;
    }
    long[] sorted = Arrays.copyOf(nanos, asked);
    Arrays.sort(sorted);
    return new Latencies(sorted, hits / asked);
  }

  /** How many searches a second are answered if so many threads ask at once, over and over. */
  static double throughput(Contender contender, List<Ask> asks, int threads) throws IOException {
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> done =
          IntStream.range(0, threads)
              .mapToObj(thread ->
                  workers.submit(() -> {
                    int answered = 0;
                    while (answered == 0 || System.nanoTime() - start < RUSH_NANOS) {
                      var unused = contender.search(asks.get(next.getAndIncrement() % asks.size()));
                      answered++;
                    }
                    return answered;
                  }))
              .toList();
      int answered = 0;
      for (Future<Integer> one : done) {
        answered += one.get();
      }
      return answered / ((System.nanoTime() - start) / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("asking was interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("a search failed while others ran", e.getCause());
    }
  }

  /** The time that a share of the searches did not take longer than, in milliseconds. */
  double milliseconds(double share) {
    int at = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, at)] / 1e6;
  }

  double p50() {
    return milliseconds(.5);
  }

  double p99() {
    return milliseconds(.99);
  }
}

package dev.earmark.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How long searches took.
 *
 * @param sortedNanos each, shortest first
 * @param hits how many hits they had on the mean
 */
record Latencies(long[] sortedNanos, double hits) {

  /** Asks everything once to warm up and then once more by the clock. */
  static Latencies of(Contender contender, List<Ask> asks) throws IOException {
    for (Ask ask : asks) {
      var unused = contender.search(ask);
    }
    long[] nanos = new long[asks.size()];
    double hits = 0;
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      hits += contender.search(asks.get(i));
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Latencies(nanos, hits / nanos.length);
  }

  /** The time that a share of the searches did not take longer than, in milliseconds. */
  double milliseconds(double share) {
    int at = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, at)] / 1e6;
  }
}

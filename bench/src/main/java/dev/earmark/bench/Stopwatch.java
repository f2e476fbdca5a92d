package dev.earmark.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** How long something takes, and how much memory at most. Not thread-safe. */
final class Stopwatch {
  private long runningSince;
  private long nanos;
  private boolean running;

  private Stopwatch() {}

  /** Starts to measure, also the memory of all threads. */
  static Stopwatch start() {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    Stopwatch watch = new Stopwatch();
    watch.resume();
    return watch;
  }

  /** Leaves out what comes now, until {@link #resume}. */
  void pause() {
    nanos += System.nanoTime() - runningSince;
    running = false;
  }

  void resume() {
    runningSince = System.nanoTime();
    running = true;
  }

  /** The time that was measured so far. */
  double seconds() {
    return (nanos + (running ? System.nanoTime() - runningSince : 0)) / 1e9;
  }

  /** At most: the pools need not have peaked together, and what is garbage counts too. */
  static double peakHeapMegabytes() {
    return heapPools().stream().mapToDouble(pool -> pool.getPeakUsage().getUsed()).sum() / 1e6;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}

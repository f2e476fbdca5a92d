package dev.earmark.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The processor time that one request may take, whatever it asks of the index and however often.
 *
 * <p>{@link #run} binds it to the thread that works on the request; everything below that may take
 * long asks {@link #current} for it and ends when it {@linkplain #isSpent is spent}, or has used
 * the part that is its due. What was left out is noted with {@link #cut}, so that the answer can
 * say so. A thread cannot take more processor time than time passes, so the clock of the machine is
 * asked first and the dearer one of the thread only when it can matter. Used by one thread, a
 * platform thread: the time of virtual ones is not told.
 */
public final class RequestBudget {
  private static final ThreadLocal<RequestBudget> CURRENT = new ThreadLocal<>();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean MEASURED = THREADS.isCurrentThreadCpuTimeSupported();

  /** The thread's clock is asked at most so often. */
  private static final long LEAST_BETWEEN_LOOKS = 500_000;

  private final Duration limit;
  private long startedAt;
  private long lookedAt;
  private long used;
  private boolean cut;

  private RequestBudget(Duration limit) {
    this.limit = limit;
  }

  /** What is done within a budget. */
  public interface Work {
    void run() throws Exception;
  }

  /** A budget of so much processor time. */
  public static RequestBudget of(Duration processorTime) {
    return new RequestBudget(processorTime);
  }

  /** The budget of the request that this thread works on; null if it works on none. */
  public static @Nullable RequestBudget current() {
    return CURRENT.get();
  }

  /** Whether something was left out of what this thread works on. */
  public static boolean isCurrentCut() {
    RequestBudget current = CURRENT.get();
    return current != null && current.wasCut();
  }

  /** Works within this budget, which begins to run; not for use in another budget's work. */
  public void run(Work work) throws Exception {
    startedAt = processorTime();
    lookedAt = System.nanoTime();
    used = 0;
    CURRENT.set(this);
    try {
      work.run();
    } finally {
      CURRENT.remove();
      used = processorTime() - startedAt;
    }
  }

  /** The processor time of this thread; where that is not told, the time. */
  private static long processorTime() {
    return MEASURED && !Thread.currentThread().isVirtual()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Whether all of it was used. */
  public boolean isSpent() {
    return hasUsed(1);
  }

  /** Whether so much of it was used, from 0 to 1. */
  public boolean hasUsed(double part) {
    long most = (long) (limit.toNanos() * part);
    if (used >= most) {
      return true;
    }
    long now = System.nanoTime();
    if (now - lookedAt < Math.max(LEAST_BETWEEN_LOOKS, most - used)) {
      return false;
    }
    lookedAt = now;
    used = processorTime() - startedAt;
    return used >= most;
  }

  /** The processor time used in nanoseconds: while it runs as of the last look, then all of it. */
  public long usedNanos() {
    return used;
  }

  /** Notes that the answer lacks something for want of time. */
  public void cut() {
    cut = true;
  }

  /** Whether the answer lacks something for want of time. */
  public boolean wasCut() {
    return cut;
  }

  /** What is told to who asked for more than was found within the budget. */
  public String message() {
    return "this takes more than the "
        + limit.toMillis()
        + " ms of processor time that a request may use; there may be more than was found";
  }
}

package dev.earmark.http;

import dev.earmark.search.RequestBudget;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.router.HandlerWrapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Works on each request within a {@linkplain RequestBudget budget} of processor time.
 *
 * <p>Requests come in on virtual threads, whose processor time is not told; so what answers them
 * runs on a platform thread, while the virtual one waits. Their number is that of the requests that
 * the {@link Gate} lets in. Answers are sent by the virtual thread again, at the pace of the
 * client. Thread-safe.
 */
final class Workers implements HandlerWrapper, AutoCloseable {
  /**
   * The processor time a search may take. What is left of a second is for showing what was found,
   * which is bounded by the number of hits on a page.
   */
  static final Duration BUDGET = Duration.ofMillis(600);

  private static final String SPENT = "workers.budget";

  private final Duration budget;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("answer-", 0).factory());

  Workers(Duration budget) {
    this.budget = budget;
  }

  @Override
  public Handler wrap(Endpoint endpoint) {
    // An assistant's calls are posted, and search as any other.
    boolean isRead =
        endpoint.method.equals(HandlerType.GET)
            || endpoint.method.equals(HandlerType.HEAD)
            || endpoint.path.equals(AssistantRoutes.PATH);
    return isRead && Guard.isWork(endpoint.path)
        ? context -> work(context, endpoint.handler)
        : endpoint.handler;
  }

  private void work(Context context, Handler handler) throws Exception {
    RequestBudget mine = RequestBudget.of(budget);
    context.attribute(SPENT, mine);
    run(mine, () -> handler.handle(context));
  }

  /** Works on a part of an answer, within a budget of its own. */
  <T> T part(Callable<T> work) throws Exception {
    List<T> made = new ArrayList<>(1);
    run(RequestBudget.of(budget), () -> made.add(work.call()));
    return made.getFirst();
  }

  private void run(RequestBudget mine, RequestBudget.Work work) throws Exception {
    Future<?> done =
        threads.submit(() -> {
          mine.run(work);
          return null;
        });
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Whether the answer of a request lacks something for want of time. */
  static boolean wasCut(Context context) {
    RequestBudget budget = context.attribute(SPENT);
    return budget != null && budget.wasCut();
  }

  /** What is told where an answer that lacks something would be none. */
  static HttpResponseException tooMuch() {
    return new HttpResponseException(
        503,
        "this takes longer than a request may; ask for less: fewer words, fewer days, a smaller"
            + " limit",
        Map.of());
  }

  /** Goes on only if nothing was left out: for answers that cannot say what they lack. */
  static void mustBeWhole(Context context) {
    if (wasCut(context)) {
      throw tooMuch();
    }
  }

  /** The processor time in nanoseconds that a request took; 0 if none was needed. */
  static long usedNanos(Context context) {
    RequestBudget budget = context.attribute(SPENT);
    return budget == null ? 0 : budget.usedNanos();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}

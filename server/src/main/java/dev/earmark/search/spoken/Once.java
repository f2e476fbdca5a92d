package dev.earmark.search.spoken;

import dev.earmark.search.RequestBudget;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A value that is worked out once, for the first who asks, while others wait; again if that fails.
 *
 * <p>What all requests share is charged to none of them: the one that asks first waits as the
 * others do, and another thread works, outside of the request's {@linkplain RequestBudget budget}.
 * Thread-safe.
 */
public final class Once<T> {
  private static final ExecutorService SHARED =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("shared-work-", 0).factory());

  /** Works a value out. */
  public interface Maker<T> {
    T make() throws IOException;
  }

  private volatile @Nullable T made;

  /** The value if it was worked out already. */
  public @Nullable T known() {
    return made;
  }

  /** The value. */
  public T get(Maker<? extends T> maker) throws IOException {
    T known = made;
    if (known == null) {
      synchronized (this) {
        known = made;
        if (known == null) {
          known = RequestBudget.current() == null ? maker.make() : shared(maker);
          made = known;
        }
      }
    }
    return known;
  }

  private static <T> T shared(Maker<? extends T> maker) throws IOException {
    Future<? extends T> made = SHARED.submit(maker::make);
    try {
      return made.get();
    } catch (InterruptedException e) {
      made.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("waiting for what all requests share was interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IOException(e);
      }
    }
  }
}

package dev.earmark.cli;

import dev.earmark.vector.EmbeddingProgress;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far the vectors of an index are made, as {@link ProgressPrinter} does of its episodes.
 *
 * <p>A JSON object has {@code event} ({@code embedding}), {@code done}, {@code total} and {@code
 * etaMs}, which may be null. Thread-safe.
 */
final class EmbeddingPrinter implements AutoCloseable {
  private static final long TERMINAL_MS = 1_000;
  private static final long PIPE_MS = 10_000;

  private final ProgressPrinter.Form form;
  private final Supplier<Optional<EmbeddingProgress.State>> progress;
  private final PrintStream err;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
      });
  private @Nullable String last;

  EmbeddingPrinter(
      ProgressPrinter.Form form,
      Supplier<Optional<EmbeddingProgress.State>> progress,
      PrintStream err) {
    this.form = form;
    this.progress = progress;
    this.err = err;
  }

  /** Begins to tell. */
  void begin() {
    long everyMs = form == ProgressPrinter.Form.TERMINAL ? TERMINAL_MS : PIPE_MS;
    var unused = timer.scheduleAtFixedRate(this::print, everyMs, everyMs, TimeUnit.MILLISECONDS);
  }

  private synchronized void print() {
    progress
        .get()
        .ifPresent(state -> {
          String text =
              switch (form) {
                case TERMINAL -> ProgressPrinter.CLEAR_LINE + state.describe();
                case LINES -> state.describe() + System.lineSeparator();
                case JSON ->
                    "{\"event\":\"embedding\",\"done\":%d,\"total\":%d,\"etaMs\":%s}%n"
                        .formatted(state.done(), state.total(), state.etaMs());
              };
          if (!text.equals(last)) {
            err.print(text);
            err.flush();
            last = text;
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      if (form == ProgressPrinter.Form.TERMINAL && last != null) {
        err.print(ProgressPrinter.CLEAR_LINE);
      }
    }
  }
}

package dev.earmark.cli;

import dev.earmark.index.Indexer;
import dev.earmark.index.IndexingProgress;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a run of the indexer is: on a terminal with each episode, in one line that is
 * written over, else in a line or a JSON object every ten seconds.
 *
 * <p>A JSON object has {@code event} ({@code progress}), {@code done}, {@code total}, {@code words}
 * and {@code etaMs}; total and etaMs may be null. What it hears it passes on. Thread-safe.
 */
final class ProgressPrinter implements Indexer.Progress, AutoCloseable {
  /** So that the time left goes down while a long episode is read. */
  private static final long TERMINAL_MS = 1_000;

  private static final long PIPE_MS = 10_000;
  static final String CLEAR_LINE = "\r\u001B[K";

  /** How progress is told. */
  enum Form {
    TERMINAL,
    LINES,
    JSON;

    /** For people: what suits standard error. */
    static Form forPeople() {
      return Terminal.isErr() ? TERMINAL : LINES;
    }
  }

  private final Form form;
  private final IndexingProgress progress;
  private final PrintStream err;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
      });
  private @Nullable String last;

  ProgressPrinter(Form form, IndexingProgress progress, PrintStream err) {
    this.form = form;
    this.progress = progress;
    this.err = err;
  }

  @Override
  public void begin() {
    progress.begin();
    long everyMs = form == Form.TERMINAL ? TERMINAL_MS : PIPE_MS;
    var unused = timer.scheduleAtFixedRate(this::print, everyMs, everyMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public void found(int episodes) {
    progress.found(episodes);
  }

  @Override
  public void episode(String id, int done, int of, long words) {
    progress.episode(id, done, of, words);
    if (form == Form.TERMINAL) {
      print();
    }
  }

  @Override
  public void end() {
    progress.end();
  }

  private synchronized void print() {
    progress
        .state()
        .ifPresent(state -> {
          String text =
              switch (form) {
                case TERMINAL -> CLEAR_LINE + state.describe();
                case LINES -> state.describe() + System.lineSeparator();
                case JSON ->
                    "{\"event\":\"progress\",\"done\":%d,\"total\":%s,\"words\":%d,\"etaMs\":%s}%n"
                        .formatted(state.done(), state.total(), state.words(), state.etaMs());
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
      if (form == Form.TERMINAL && last != null) {
        err.print(CLEAR_LINE);
      }
    }
  }
}

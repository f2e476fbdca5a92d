package dev.earmark.search;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all pages of a search, one after the other, from one snapshot of the index.
 *
 * <p>Holds one page at a time. What it gives is whole or fails: where pages end before the total is
 * reached, for want of time or since the state is gone, it says so rather than stop as if that were
 * all. Not thread-safe.
 */
public final class PageReader {
  private final SearchEngine engine;
  private @Nullable SearchRequest next;
  private long total = -1;
  private long read;

  public PageReader(SearchEngine engine, SearchRequest request) {
    this.engine = engine;
    this.next = request.ungrouped().withCursor(null);
  }

  /** A page was cut short; it may be asked for again, within another budget. */
  public static final class CutException extends IOException {
    private static final long serialVersionUID = 1L;

    CutException(String message) {
      super(message);
    }
  }

  /** Whether there is another page; there always is a first. */
  public boolean hasNext() {
    return next != null;
  }

  /**
   * The next page.
   *
   * @throws CutException if there was no time to read it
   * @throws IOException if the rest cannot be read
   */
  public SearchPage next() throws IOException {
    SearchRequest request = next;
    if (request == null) {
      throw new IllegalStateException("all pages were read");
    }
    SearchPage page;
    try {
      page = engine.search(request);
    } catch (BadRequestException e) {
      if (request.cursor() == null) {
        throw e;
      }
      throw new IOException("the snapshot of the index that was read is gone", e);
    }
    if (RequestBudget.isCurrentCut() && request.cursor() != null) {
      throw new CutException(lacking());
    }
    total = total < 0 ? page.total() : total;
    read += page.hits().size();
    next = page.next() == null ? null : request.withCursor(page.next());
    if (next == null && read < total) {
      throw new IOException(lacking());
    }
    return page;
  }

  private String lacking() {
    return "only " + read + " of " + total + " hits could be read";
  }
}

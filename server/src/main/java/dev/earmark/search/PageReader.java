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

  /** Whether there is another page; there always is a first. */
  public boolean hasNext() {
    return next != null;
  }

  /**
   * The next page.
   *
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
    total = total < 0 ? page.total() : total;
    read += page.hits().size();
    next = page.next() == null ? null : request.withCursor(page.next());
    boolean ended = next == null && read < total;
    boolean cut = RequestBudget.isCurrentCut() && request.cursor() != null;
    if (ended || cut) {
      throw new IOException("only " + read + " of " + total + " hits could be read");
    }
    return page;
  }
}

package dev.earmark.search;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
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

  /** The moments that are given; null for all. */
  private final @Nullable Set<String> only;

  private @Nullable SearchRequest next;
  private long total = -1;
  private long read;
  private boolean whole = true;

  public PageReader(SearchEngine engine, SearchRequest request) {
    this(engine, request, null);
  }

  private PageReader(SearchEngine engine, SearchRequest request, @Nullable Set<String> only) {
    this.engine = engine;
    this.only = only;
    this.next = only != null && only.isEmpty() ? null : request.ungrouped().withCursor(null);
  }

  /**
   * A reader of the hits that have all that is asked for. A page also offers what has only some of
   * it, where nothing has all and inside one episode, and says so; who cannot say so reads these.
   */
  public static PageReader ofMeant(SearchEngine engine, SearchRequest request) throws IOException {
    PageReader best =
        new PageReader(
            engine,
            request.withSort(SearchRequest.Sort.RELEVANCE).withLimit(SearchRequest.MOST_HITS));
    SearchPage page = best.next();
    long meant = SearchPage.Matched.hasAll(page.matched()) ? page.meant() : 0;
    if (meant == page.listed() && best.isWhole()) {
      return new PageReader(engine, request);
    }
    // What is meant comes first by relevance.
    Set<String> ids = new HashSet<>();
    while (true) {
      for (Hit hit : page.hits()) {
        if (ids.size() < meant) {
          ids.add(hit.moment().id());
        }
      }
      if (ids.size() >= meant || !best.hasNext()) {
        break;
      }
      page = best.next();
    }
    PageReader reader = new PageReader(engine, request, ids);
    reader.whole = best.isWhole();
    return reader;
  }

  /** Whether none of the pages read so far says that something of the query was left out. */
  public boolean isWhole() {
    return whole;
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
    total = total < 0 ? page.listed() : total;
    read += page.hits().size();
    next = page.next() == null ? null : request.withCursor(page.next());
    if (next == null && read < total) {
      throw new IOException(lacking());
    }
    whole &= page.notUnderstood().isEmpty();
    return only == null
        ? page
        : page.withHits(
            page.hits().stream().filter(hit -> only.contains(hit.moment().id())).toList());
  }

  private String lacking() {
    return "only " + read + " of " + total + " hits could be read";
  }
}

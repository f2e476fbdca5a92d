package dev.earmark.standing;

import dev.earmark.export.SearchForm;
import dev.earmark.export.SearchWriter;
import dev.earmark.search.SearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done about standing searches after a run of the indexer, or when something is due: ask
 * them of what is new, write their feeds, send. May be called from several threads and processes;
 * one does it at a time.
 */
public final class StandingRun {
  /** When what failed is tried again, unless said otherwise: for half a day, in all. */
  public static final long USUAL_RETRY_MS = 5_000;

  private static final int MOST_TRIES = 14;

  private final StandingSearches searches;
  private final long retryMs;
  private final @Nullable MailSender mail;

  /**
   * @param retryMs after how long what failed is tried again the first time
   * @param mail who sends mail; null for nobody
   */
  public StandingRun(StandingSearches searches, long retryMs, @Nullable MailSender mail) {
    this.searches = searches;
    this.retryMs = retryMs;
    this.mail = mail;
  }

  /**
   * What was done.
   *
   * @param found moments that were found
   * @param sent messages that were sent
   * @param waiting messages that are to be tried again
   * @param dead letters
   * @param problems what went wrong, in words
   */
  public record Summary(int found, int sent, int waiting, int dead, List<String> problems) {}

  /**
   * Asks, if an engine is given, and sends what is due; empty if another process is at it.
   *
   * @param engine over what the indexer has committed; null if nothing is to be asked
   * @param dead whether dead letters are tried again
   */
  public Optional<Summary> run(@Nullable SearchEngine engine, boolean dead) throws IOException {
    Optional<Journal> opened = Journal.open(searches.folder());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Journal journal = opened.get()) {
      List<String> problems = new ArrayList<>();
      Map<String, StandingSearch> byId = new LinkedHashMap<>();
      Map<String, String> episodes = engine == null ? Map.of() : Matching.fingerprints(engine);
      int found = 0;
      for (StandingSearch search : searches.all()) {
        byId.put(search.id(), search);
        try {
          if (engine != null) {
            found += new Matching(engine, journal).ask(search, episodes);
          }
          feed(search, journal);
        } catch (StandingException e) {
          // The others go on; nothing of it is noted as asked.
          problems.add(String.valueOf(e.getMessage()));
        }
      }
      int sent =
          new Delivery(journal, new Delivery.Retries(retryMs, MOST_TRIES), mail).send(byId, dead);
      int waiting = 0;
      int dying = 0;
      for (Journal.Waiting one : journal.waiting()) {
        waiting += one.dead() ? 0 : 1;
        dying += one.dead() ? 1 : 0;
        if (!one.why().isEmpty()) {
          problems.add(one.message().name() + ": " + one.why());
        }
      }
      return Optional.of(
          new Summary(found, sent, waiting, dying, problems.stream().distinct().toList()));
    }
  }

  /**
   * Adds a search, with a feed that is still empty.
   *
   * @param engine over an index all of which is known to the search already; null if it is to be
   *     asked of all that is there
   */
  public void add(StandingSearch search, @Nullable SearchEngine engine) throws IOException {
    Journal journal =
        Journal.open(searches.folder())
            .orElseThrow(() ->
                new StandingException("another process is at the standing searches; try again"));
    try (journal) {
      searches.mayAdd(search);
      if (engine != null) {
        journal.know(search.id(), Matching.fingerprints(engine));
      }
      searches.add(search);
      feed(search, journal);
    }
  }

  /** Writes the feed of a search, as RSS, if it has another content than before. */
  private void feed(StandingSearch search, Journal journal) throws IOException {
    SearchWriter writer = SearchForm.RSS.writer(Matching.asked(search, search.request()));
    StringBuilder feed = new StringBuilder(writer.begin());
    journal.feed(search.id()).reversed().forEach(message -> feed.append(message.item()));
    feed.append(writer.end());
    Path file = searches.folder().resolve(search.name() + ".rss");
    if (!Files.exists(file) || !Files.readString(file).contentEquals(feed)) {
      Path fresh = searches.folder().resolve(search.name() + ".rss.new");
      Files.writeString(fresh, feed);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

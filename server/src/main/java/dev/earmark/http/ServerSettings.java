package dev.earmark.http;

import dev.earmark.index.IndexSummary;
import dev.earmark.index.IndexingProgress;
import dev.earmark.page.WebSources;
import dev.earmark.vector.EmbeddingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens and what it lets others do.
 *
 * @param host the address to bind to, such as 127.0.0.1
 * @param port 0 for any free one
 * @param requestsPerSecond how many requests a client that is not on this machine may send on
 *     average, ten times as many at once; 0 for any number
 * @param forwarded whether to believe X-Forwarded-For about who the client is: only behind a proxy
 *     of one's own, which sets it
 * @param log what to write down of each request
 * @param admin what the holder of a token may do; null for nothing
 * @param patience how long a client may take to send or to receive anything before it is hung up on
 * @param reading how far the run of the indexer is that fills the index; empty while none does
 * @param sources templates and styles to look at anew for each page; null for those of the program
 * @param feeds the folder of the feeds of standing searches; null for none
 * @param embedding how far the vectors of moments are made; empty while none are
 */
public record ServerSettings(
    String host,
    int port,
    double requestsPerSecond,
    boolean forwarded,
    RequestLogging log,
    @Nullable Admin admin,
    Duration patience,
    Supplier<Optional<IndexingProgress.State>> reading,
    @Nullable WebSources sources,
    @Nullable Path feeds,
    Supplier<Optional<EmbeddingProgress.State>> embedding) {

  /** Without feeds of standing searches, and without vectors that are being made. */
  public ServerSettings(
      String host,
      int port,
      double requestsPerSecond,
      boolean forwarded,
      RequestLogging log,
      @Nullable Admin admin,
      Duration patience,
      Supplier<Optional<IndexingProgress.State>> reading,
      @Nullable WebSources sources) {
    this(
        host,
        port,
        requestsPerSecond,
        forwarded,
        log,
        admin,
        patience,
        reading,
        sources,
        null,
        Optional::empty);
  }

  /** Whether only this machine reaches the server, so that what it tells is for nobody else. */
  boolean isPrivate() {
    return OwnPages.isOfThisMachine(host) && !forwarded;
  }

  /** What is written down of each request. */
  public enum RequestLogging {
    NONE,
    /** All but what was asked. */
    REQUESTS,
    /** What was asked as well. */
    QUERIES
  }

  /**
   * What the holder of the token may do.
   *
   * @param token the secret, sent as {@code Authorization: Bearer}
   * @param update indexes anew; empty if that is being done already
   */
  public record Admin(String token, Update update) {
    @Override
    public String toString() {
      return "Admin";
    }
  }

  /** Brings the index up to date. */
  public interface Update {
    Optional<IndexSummary> run() throws IOException;
  }

  /** For this machine only, with no log and nobody allowed to change anything. */
  public static ServerSettings local(int port) {
    return new ServerSettings(
        "127.0.0.1",
        port,
        0,
        false,
        RequestLogging.NONE,
        null,
        Duration.ofSeconds(15),
        Optional::empty,
        null);
  }
}

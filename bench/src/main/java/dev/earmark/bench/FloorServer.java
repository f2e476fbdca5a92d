package dev.earmark.bench;

import io.javalin.Javalin;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server that asks bare Lucene, and answers with as many bytes and the headers of another's
 * answer: what ours can hardly be faster than.
 */
record FloorServer(Javalin javalin) implements AutoCloseable {
  private static final Set<String> OF_ONE_ANSWER =
      Set.of("content-length", "date", "etag", "transfer-encoding");

  /**
   * Starts on any free port.
   *
   * @param asks what it is asked, by its number in the path
   * @param sizes how many bytes to answer with
   * @param like headers to answer with
   */
  static FloorServer start(
      Contender floor, List<Ask> asks, Map<Ask, Long> sizes, HttpHeaders like) {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
          config.routes.get(
              "/{ask}",
              context -> {
                Ask ask = asks.get(Integer.parseInt(context.pathParam("ask")));
                var unused = floor.search(ask);
                like.map()
                    .forEach((name, values) -> {
                      if (!OF_ONE_ANSWER.contains(name)) {
                        context.header(name, values.getFirst());
                      }
                    });
                byte[] body = new byte[Math.toIntExact(sizes.getOrDefault(ask, 0L))];
                Arrays.fill(body, (byte) ' ');
                context.result(body);
              });
        });
    javalin.start("127.0.0.1", 0);
    return new FloorServer(javalin);
  }

  String address() {
    return "http://127.0.0.1:" + javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}

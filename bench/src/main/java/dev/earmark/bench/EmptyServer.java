package dev.earmark.bench;

import io.javalin.Javalin;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Set;

/**
 * A server that answers with as many bytes as it is asked for and the headers of another's answer,
 * and does nothing else: what ours can hardly be faster than.
 */
record EmptyServer(Javalin javalin) implements AutoCloseable {
  private static final Set<String> OF_ONE_ANSWER =
      Set.of("content-length", "date", "etag", "transfer-encoding");

  /** Starts on any free port. */
  static EmptyServer start(HttpHeaders like) {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
          config.routes.get(
              "/empty/{bytes}",
              context -> {
                like.map()
                    .forEach((name, values) -> {
                      if (!OF_ONE_ANSWER.contains(name)) {
                        context.header(name, values.getFirst());
                      }
                    });
                byte[] body = new byte[Integer.parseInt(context.pathParam("bytes"))];
                Arrays.fill(body, (byte) ' ');
                context.result(body);
              });
        });
    javalin.start("127.0.0.1", 0);
    return new EmptyServer(javalin);
  }

  String address() {
    return "http://127.0.0.1:" + javalin.port();
  }

  /** The path of an answer of so many bytes. */
  static String path(long bytes) {
    return "/empty/" + bytes;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}

package dev.earmark.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What stands before every request: who asks too much waits, and when there is more to do than can
 * be done, the rest is told so at once. Thread-safe.
 */
final class Guard {
  private static final String INSIDE = "inside";
  private static final String SECONDS = "1";

  private static final int PATIENCE_SECONDS = 60;

  private final Clients clients;
  private final Gate gate;

  Guard(Clients clients, Gate gate) {
    this.clients = clients;
    this.gate = gate;
  }

  /** The usual guard: two searches a core at once, and a short queue. */
  static Guard of(ServerSettings settings) {
    int atOnce = 2 * Runtime.getRuntime().availableProcessors();
    return new Guard(
        new Clients(settings.requestsPerSecond(), settings.forwarded()),
        new Gate(atOnce, 16 * atOnce, 1_000));
  }

  Clients clients() {
    return clients;
  }

  /** Holds back who asks too much. */
  void limit(RoutesConfig routes) {
    routes.before(this::limit);
  }

  /** Lets no more be worked on at once than can be done. */
  void gate(RoutesConfig routes) {
    routes.before(this::enter);
    routes.after(this::leave);
  }

  private void limit(Context context) {
    if (!clients.client(clients.address(context.req())).mayAsk()) {
      context.header("Retry-After", SECONDS);
      throw new HttpResponseException(
          429, "too many requests from your address; wait a second and ask again", Map.of());
    }
  }

  private void enter(Context context) {
    if (!isWork(context.path())) {
      return;
    }
    Clients.Client client = client(context);
    long seconds = client.secondsInDebt();
    if (seconds > 0) {
      context.header("Retry-After", Long.toString(seconds));
      throw new HttpResponseException(
          429,
          "what your address asked for took more time than one client may take; ask again in "
              + seconds
              + " s, for less",
          Map.of());
    }
    if (!client.enter(gate.patienceMs())) {
      context.header("Retry-After", SECONDS);
      throw new HttpResponseException(
          429, "your address asks for too much at once; ask again in a second", Map.of());
    }
    if (!gate.enter()) {
      client.leave();
      context.header("Retry-After", SECONDS);
      throw new HttpResponseException(
          503, "more is being asked than can be answered; ask again in a second", Map.of());
    }
    context.attribute(INSIDE, client);
  }

  /** Runs before the answer is sent, so a client that reads slowly keeps nobody out. */
  private void leave(Context context) {
    Clients.Client client = context.attribute(INSIDE);
    if (client != null) {
      context.attribute(INSIDE, null);
      client.spend(Workers.usedNanos(context));
      client.leave();
      gate.leave();
    }
  }

  /** Who asks. */
  Clients.Client client(Context context) {
    return clients.client(clients.address(context.req()));
  }

  /**
   * Works on a further part of an answer as on a request of its own, except that the client is let
   * wait rather than turned away.
   *
   * @throws IOException if there is too much to do for {@value #PATIENCE_SECONDS} seconds
   */
  <T> T part(Clients.Client client, Callable<T> work) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until) {
      long debt = client.secondsInDebt();
      if (debt > 0) {
        TimeUnit.SECONDS.sleep(debt);
      } else if (client.enter(gate.patienceMs())) {
        long begun = System.nanoTime();
        try {
          if (gate.enter()) {
            try {
              return work.call();
            } finally {
              gate.leave();
            }
          }
        } finally {
          client.spend(System.nanoTime() - begun);
          client.leave();
        }
      }
    }
    throw new IOException("there was too much to do to go on with an answer");
  }

  /**
   * Files are sent at the client's pace and cost next to nothing; health must always be told; clips
   * have bounds of their own.
   */
  static boolean isWork(String path) {
    return !path.startsWith("/assets/")
        && !LocalMedia.isAt(path)
        && !path.startsWith("/artwork/")
        && !path.equals(ClipRoutes.PATH)
        && !path.equals("/healthz")
        && !path.equals("/metrics");
  }
}

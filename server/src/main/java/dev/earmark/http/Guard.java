package dev.earmark.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;

/**
 * What stands before every request: who asks too much waits, and when there is more to do than can
 * be done, the rest is told so at once. Thread-safe.
 */
final class Guard {
  private static final String INSIDE = "inside";
  private static final String SECONDS = "1";

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
    Clients.Client client = clients.client(clients.address(context.req()));
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

  /** Files are sent at the client's pace and cost next to nothing; health must always be told. */
  static boolean isWork(String path) {
    return !path.startsWith("/assets/")
        && !path.startsWith("/media/")
        && !path.equals("/healthz")
        && !path.equals("/metrics");
  }
}

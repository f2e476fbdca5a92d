package dev.earmark.http;

import dev.earmark.describe.OpenApi;
import dev.earmark.describe.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes for programs: each is added together with its description.
 *
 * <p>Routes are added by one thread, before the server starts; the description is thread-safe.
 */
final class Api {
  /** What fields of records mean that other rooms own. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry(
              "Explanation", "why a hit scores what it does; the value of the whole is the score"),
          Map.entry("FacetValue.count", "how many hits there would be with this value chosen"),
          Map.entry("Links.page", "the page of the episode at the moment"),
          Map.entry("Links.media", "the video at the moment"),
          Map.entry("Links.audio", "the audio file at the moment, as a media fragment"),
          Map.entry("Share", "how much somebody says in a show"),
          Map.entry("TypicalWord.count", "how often they say it"),
          Map.entry("TypicalWord.elsewhere", "how often it stands in all else"),
          Map.entry("TypicalWord.score", "the log-likelihood ratio"),
          Map.entry("ProblemAnswer", "RFC 9457 problem details"));

  private final RoutesConfig routes;
  private final List<Operation> operations = new ArrayList<>();
  private @Nullable String described;

  Api(RoutesConfig routes) {
    this.routes = routes;
  }

  /** Adds a route; say of the operation what it does, takes and answers. */
  Operation get(String path, Handler handler) {
    routes.get(path, handler);
    return added("get", path);
  }

  /** Adds a route; say of the operation what it does, takes and answers. */
  Operation post(String path, Handler handler) {
    routes.post(path, handler);
    return added("post", path);
  }

  private Operation added(String method, String path) {
    Operation operation = new Operation(method, path);
    operations.add(operation);
    return operation;
  }

  /** Answers with the description of all of them. */
  void describe(Context context) {
    context.contentType("application/json").result(description());
  }

  private synchronized String description() {
    if (described == null) {
      described =
          new OpenApi(ApiJson.MAPPER, Answers.ProblemAnswer.class, MEANINGS)
              .write(operations)
              .toPrettyString();
    }
    return described;
  }
}

package dev.earmark.http;

import dev.earmark.describe.OpenApi;
import dev.earmark.describe.Operation;
import dev.earmark.page.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  private static final String PAGE = "/api";
  private static final String TRIED = "operation";

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

  /** Adds the description of all of them, and the page on which they are tried. */
  void describe(Pages pages) {
    routes.get("/openapi.json", this::describe);
    routes.get(
        PAGE,
        context -> {
          if (context.queryParam(TRIED) == null) {
            PageRoutes.html(context, pages.api(operations));
          } else {
            tryOut(context);
          }
        });
  }

  /** Sends a browser without a script on to what its form asks for. */
  private void tryOut(Context context) {
    String name = context.queryParam(TRIED);
    Operation operation =
        operations.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new NotFoundResponse("there is no operation \"" + name + "\"; see /api"));
    String query =
        operation.parameters().stream()
            .filter(parameter -> !parameter.inPath())
            .flatMap(parameter ->
                context.queryParams(parameter.name()).stream()
                    .filter(value -> !value.isEmpty())
                    .map(value -> parameter.name() + "=" + encoded(value)))
            .collect(Collectors.joining("&"));
    String path =
        operation.path(parameter -> {
          String value = context.queryParam(parameter);
          return value == null ? "" : encoded(value).replace("+", "%20");
        });
    context.redirect(query.isEmpty() ? path : path + "?" + query, HttpStatus.SEE_OTHER);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private void describe(Context context) {
    context.contentType("application/json").result(description());
  }

  private synchronized String description() {
    if (described == null) {
      described =
          new OpenApi(ApiJson.MAPPER, Answers.ProblemAnswer.class, PAGE, MEANINGS)
              .write(operations)
              .toPrettyString();
    }
    return described;
  }
}

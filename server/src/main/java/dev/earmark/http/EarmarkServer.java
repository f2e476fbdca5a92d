package dev.earmark.http;

import dev.earmark.page.Assets;
import dev.earmark.page.Pages;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.javalin.json.JavalinJackson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: answers the API and the pages from one search engine.
 *
 * <p>Start it once; {@link #close} lets running requests finish. The engine stays the caller's.
 */
public final class EarmarkServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EarmarkServer.class);
  private static final long STOP_MS = 5_000;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; media-src *; frame-src https://www.youtube-nocookie.com; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Javalin javalin;

  private EarmarkServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts a server.
   *
   * @param host the address to bind to, such as 127.0.0.1
   * @param port 0 for any free one
   * @throws io.javalin.util.JavalinException if the address cannot be bound
   */
  public static EarmarkServer start(SearchEngine engine, String host, int port) {
    Pages pages = new Pages();
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.prefer405over404 = true;
          config.http.maxRequestSize = 64 << 10;
          config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MS));
          config.jsonMapper(new JavalinJackson(ApiJson.MAPPER, false));
          config.routes.before(EarmarkServer::addHeaders);
          new ApiRoutes(engine).addTo(config.routes);
          new PageRoutes(engine, pages).addTo(config.routes);
          new ProfileRoutes(engine, pages).addTo(config.routes);
          new DiscoveryRoutes(engine).addTo(config.routes);
          config.routes.get("/assets/<name>", context -> asset(context, context.pathParam("name")));
          // Where browsers look for it on what is no page of ours.
          config.routes.get("/favicon.ico", context -> asset(context, "icon.svg"));
          config.routes.get("/media/{id}/{type}", new LocalMedia(engine)::serve);
          config.routes.exception(
              BadRequestException.class,
              (e, context) -> fail(pages, context, 400, message(e), e.parameter()));
          config.routes.exception(
              HttpResponseException.class,
              (e, context) -> fail(pages, context, e.getStatus(), message(e), null));
          config.routes.exception(
              Exception.class,
              (e, context) -> {
                LOG.error("request {} to {} failed", requestId(context), context.path(), e);
                fail(
                    pages,
                    context,
                    500,
                    "Something went wrong here. It was logged under this request's number.",
                    null);
              });
        });
    javalin.start(host, port);
    return new EarmarkServer(javalin);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static void addHeaders(Context context) {
    context.attribute("requestId", UUID.randomUUID().toString().substring(0, 8));
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "strict-origin-when-cross-origin");
    context.header("Vary", "Accept-Encoding");
  }

  private static void asset(Context context, String name) {
    Assets.Asset asset =
        Assets.find(name).orElseThrow(() -> new NotFoundResponse("there is no file " + name));
    // An address with a version in it names this very content for good.
    boolean versioned = context.queryParam("v") != null;
    String tag = '"' + asset.version() + '"';
    context.header("Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
    context.header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(asset.contentType()).result(asset.bytes());
    }
  }

  private static String requestId(Context context) {
    String id = context.attribute("requestId");
    return id == null ? "-" : id;
  }

  /** Answers with RFC 9457 problem details, or with a page to somebody who asked for one. */
  private static void fail(
      Pages pages,
      Context context,
      int status,
      String detail,
      @org.jspecify.annotations.Nullable String parameter) {
    context.status(status);
    String title = title(status);
    if (context.path().startsWith("/api/") || !wantsHtml(context)) {
      Map<String, Object> problem = new LinkedHashMap<>();
      problem.put("type", "about:blank");
      problem.put("title", title);
      problem.put("status", status);
      problem.put("detail", detail);
      problem.put("instance", context.path());
      if (parameter != null) {
        problem.put("parameter", parameter);
      }
      problem.put("requestId", requestId(context));
      context.json(problem);
      context.contentType("application/problem+json");
    } else {
      context
          .contentType("text/html; charset=utf-8")
          .result(pages.error(status, title, detail, requestId(context)));
    }
  }

  private static boolean wantsHtml(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 413 -> "Request too large";
      case 503 -> "Busy";
      default -> status < 500 ? "Request not answered" : "Server error";
    };
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}

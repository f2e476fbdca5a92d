package dev.earmark.http;

import dev.earmark.clip.Clipper;
import dev.earmark.page.Assets;
import dev.earmark.page.Pages;
import dev.earmark.page.WebSources;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.spoken.Deadline;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinException;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: answers the API and the pages from one search engine.
 *
 * <p>Start it once; {@link #close} lets running requests finish. The engine stays the caller's.
 */
public final class EarmarkServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EarmarkServer.class);
  private static final CompressionStrategy PACKING = CompressionStrategy.GZIP;
  private static final Duration LONGEST_CUT = Duration.ofMinutes(2);
  private static final long STOP_MS = 5_000;
  private static final long LARGEST_BODY = 64 << 10;
  private static final int LARGEST_HEADERS = 16 << 10;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; media-src *; frame-src https://www.youtube-nocookie.com; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors ";

  private final Javalin javalin;
  private final Workers workers;

  private EarmarkServer(Javalin javalin, Workers workers) {
    this.javalin = javalin;
    this.workers = workers;
  }

  /** Starts a server for this machine only. */
  public static EarmarkServer start(SearchEngine engine, int port) {
    return start(engine, ServerSettings.local(port));
  }

  /**
   * Starts a server.
   *
   * @throws JavalinException if the address cannot be bound
   */
  public static EarmarkServer start(SearchEngine engine, ServerSettings settings) {
    return start(engine, settings, Guard.of(settings));
  }

  static EarmarkServer start(SearchEngine engine, ServerSettings settings, Guard guard) {
    return start(engine, settings, guard, Clipper.usual(LONGEST_CUT));
  }

  static EarmarkServer start(
      SearchEngine uncounted, ServerSettings settings, Guard guard, Clipper clipper) {
    WebSources sources = settings.sources();
    Pages pages = new Pages(settings.reading(), sources);
    Assets assets = sources == null ? Assets.packed() : sources.assets();
    Metrics metrics = new Metrics(uncounted);
    SearchEngine engine = new CountedEngine(uncounted, metrics);
    RequestLog log = new RequestLog(settings.log(), guard.clients());
    Workers workers = new Workers(Workers.BUDGET);
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.prefer405over404 = true;
          config.http.maxRequestSize = LARGEST_BODY;
          config.http.compressionStrategy = PACKING;
          // A client that is slow to read then holds no thread of the machine.
          config.concurrency.useVirtualThreads = true;
          config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MS));
          config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(LARGEST_HEADERS);
            http.setSendServerVersion(false);
            http.setIdleTimeout(settings.patience().toMillis());
          });
          config.router.handlerWrapper(workers);
          config.jsonMapper(new JavalinJackson(ApiJson.MAPPER, false));
          config.jetty.modifyServletContextHandler(handler ->
              handler.addFilter(
                  new FilterHolder(new Observation(metrics, log)),
                  "/*",
                  EnumSet.of(DispatcherType.REQUEST)));
          config.routes.before(EarmarkServer::addHeaders);
          EmbedRoutes.allowFrames(config.routes);
          IiifRoutes.allowOthers(config.routes, settings.isPrivate());
          guard.limit(config.routes);
          if (sources == null) {
            new KnownAnswers(engine, metrics, PACKING, settings.reading()).addTo(config.routes);
          }
          guard.gate(config.routes);
          Api api = new Api(config.routes);
          new ApiRoutes(engine, settings.reading(), settings.embedding()).addTo(api, config.routes);
          new PageRoutes(engine, pages).addTo(config.routes);
          if (settings.admin() != null) {
            new AdminRoutes(settings.admin()).addTo(api);
          }
          api.get("/metrics", metrics::scrape)
              .does("metrics", "Counts of requests, searches and problems, for Prometheus")
              .answersAs("The text format of Prometheus", "text/plain");
          new ProfileRoutes(engine, pages).addTo(api, config.routes);
          new MeaningRoutes(engine, pages).addTo(api, config.routes);
          new TableRoutes(engine, new Parts(guard, workers)).addTo(api);
          new ClipRoutes(engine, guard, clipper, new OwnPages(settings.isPrivate())).addTo(api);
          api.describe(pages);
          StandingFeeds standing =
              settings.feeds() == null ? null : new StandingFeeds(settings.feeds());
          new DiscoveryRoutes(engine, standing).addTo(api, config.routes);
          new EmbedRoutes(engine, pages).addTo(api, config.routes);
          new IiifRoutes(engine).addTo(api, config.routes);
          new AssistantRoutes(engine, settings).addTo(config.routes);
          config.routes.get(
              "/assets/<name>", context -> asset(assets, context, context.pathParam("name")));
          // Where browsers look for it on what is no page of ours.
          config.routes.get("/favicon.ico", context -> asset(assets, context, "icon.svg"));
          config.routes.get("/media/{id}/{type}", new LocalMedia(engine)::serve);
          if (standing != null) {
            config.routes.get(StandingFeeds.PATH + "{file}", standing::serve);
          }
          config.routes.get("/artwork/{id}", new ArtworkRoute(engine)::serve);
          config.routes.exception(
              BadRequestException.class,
              (e, context) -> fail(pages, context, 400, message(e), e.parameter()));
          config.routes.exception(
              Deadline.PassedException.class,
              (e, context) -> fail(pages, context, 503, message(Workers.tooMuch()), null));
          config.routes.exception(
              HttpResponseException.class,
              (e, context) -> {
                // What was not found in time may be there.
                boolean unknown = e.getStatus() == 404 && Workers.wasCut(context);
                HttpResponseException told = unknown ? Workers.tooMuch() : e;
                fail(pages, context, told.getStatus(), message(told), null);
              });
          config.routes.exception(
              Exception.class,
              (e, context) -> {
                LOG.error(
                    "id={} path={} failed",
                    RequestLog.requestId(context.req()),
                    RequestLog.quoted(context.path()),
                    e);
                fail(
                    pages,
                    context,
                    500,
                    "Something went wrong here. It was logged under this request's number.",
                    null);
              });
        });
    javalin.start(settings.host(), settings.port());
    engine.warmUp();
    return new EarmarkServer(javalin, workers);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static void addHeaders(Context context) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    context.attribute(RequestLog.REQUEST_ID, id);
    context.header("X-Request-Id", id);
    context.header("X-Frame-Options", "DENY");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    context.header("Cache-Control", "no-cache");
    context.header("Content-Security-Policy", policy("'none'"));
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "strict-origin-when-cross-origin");
    context.header("Vary", "Accept-Encoding");
  }

  /**
   * What a page may load.
   *
   * @param ancestors which pages may show it in a frame, as the policy writes it
   */
  static String policy(String ancestors) {
    return POLICY + ancestors;
  }

  private static void asset(Assets assets, Context context, String name) {
    Assets.Asset asset =
        assets.find(name).orElseThrow(() -> new NotFoundResponse("there is no file " + name));
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
      context.json(
          new Answers.ProblemAnswer(
              "about:blank",
              title,
              status,
              detail,
              context.path(),
              parameter,
              RequestLog.requestId(context.req())));
      context.contentType("application/problem+json");
    } else {
      context
          .contentType("text/html; charset=utf-8")
          .result(pages.error(status, title, detail, RequestLog.requestId(context.req())));
    }
  }

  private static boolean wantsHtml(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401, 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Not now";
      case 413 -> "Request too large";
      case 429 -> "Too many requests";
      case 501 -> "Not implemented";
      case 503 -> "Busy";
      default -> status < 500 ? "Request not answered" : "Server error";
    };
  }

  /**
   * Searches and renders for a moment what is said in the index, so that code is loaded and
   * compiled before somebody waits for it. Takes about a second of one core.
   */
  public static void warmUp(SearchEngine engine) {
    new WarmUp(engine).run();
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** The paths it answers at. */
  Set<String> paths() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handled -> handled.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.path)
        .collect(Collectors.toSet());
  }

  /** Stops: takes no new requests, and waits up to five seconds for those that run. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      // It has stopped all the same, but somebody was not done in time.
      LOG.warn("requests were still running when the server stopped", e);
    }
    workers.close();
  }
}

package dev.earmark.http;

import dev.earmark.describe.Parameter;
import dev.earmark.export.OEmbed;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import dev.earmark.page.EmbedCode;
import dev.earmark.page.Pages;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Episodes on pages of other sites: the player that they may show in a frame, and oEmbed, which
 * tells them how. No other page of ours may stand in a frame. Thread-safe.
 *
 * @see <a href="https://oembed.com/">oEmbed 1.0</a>
 */
final class EmbedRoutes {
  private static final int LARGEST = Integer.MAX_VALUE;
  private static final List<String> PATHS = List.of("/e/", "/embed/");

  private final SearchEngine engine;
  private final Pages pages;

  EmbedRoutes(SearchEngine engine, Pages pages) {
    this.engine = engine;
    this.pages = pages;
  }

  void addTo(Api api, RoutesConfig routes) {
    routes.get("/embed/{id}", this::embed);
    api.get("/oembed", this::describe)
        .does("oembed", "How a page of another site shows an episode, at a moment or a clip")
        .takes(
            Parameter.text("url", "the address of an episode's page here").always(),
            Parameter.choice("format", "json", List.of("json", "xml"), "the form of the answer"),
            Parameter.number("maxwidth", LARGEST, LARGEST, "how wide it may be, in pixels"),
            Parameter.number("maxheight", LARGEST, LARGEST, "how high it may be, in pixels"))
        .answersAs("The player, as HTML in a rich resource", "application/json", "text/xml")
        .refuses(501, "There is no such format")
        .keeps("https://oembed.com/");
  }

  /**
   * Lets any site show the player. To be added before what may answer by itself: a browser that is
   * told that nothing has changed takes the new headers, and who shows the frame also sees what
   * went wrong.
   */
  static void allowFrames(RoutesConfig routes) {
    routes.before(
        "/embed/{id}",
        context -> {
          context.header("Content-Security-Policy", EarmarkServer.policy("*"));
          context.header("Cross-Origin-Resource-Policy", "cross-origin");
          context.res().setHeader("X-Frame-Options", null);
        });
  }

  private void embed(Context context) throws IOException {
    String id = context.pathParam("id");
    PageRoutes.html(
        context,
        pages.embed(
            entry(id),
            engine.moments(id),
            DeepLink.time(context.queryParams("t")).at(),
            DiscoveryRoutes.base(context)));
  }

  private EpisodeEntry entry(String id) throws IOException {
    return engine
        .episode(id)
        .orElseThrow(() -> new NotFoundResponse("there is no episode \"" + id + "\""));
  }

  private void describe(Context context) throws IOException {
    String url = Parameters.text(context, "url");
    if (url == null) {
      throw new BadRequestException(
          "url", "url must be the address of an episode here, such as " + example(context));
    }
    String format = Parameters.text(context, "format");
    boolean isXml = "xml".equals(format);
    if (format != null && !isXml && !format.equals("json")) {
      throw new HttpResponseException(
          501, "format must be json or xml, got \"" + format + "\"", Map.of());
    }
    int maxWidth = Parameters.number(context, "maxwidth", LARGEST, LARGEST);
    int maxHeight = Parameters.number(context, "maxheight", LARGEST, LARGEST);
    Shown shown = shown(context, url);
    OEmbed answer = answer(entry(shown.id()).episode(), shown.at(), context, maxWidth, maxHeight);
    context
        .contentType(isXml ? "text/xml; charset=utf-8" : "application/json")
        .result(isXml ? answer.xml() : answer.json());
  }

  private static String example(Context context) {
    return DiscoveryRoutes.base(context) + "/e/ID?t=835";
  }

  private static OEmbed answer(
      Episode episode, @Nullable TimeSpan at, Context context, int maxWidth, int maxHeight) {
    String base = DiscoveryRoutes.base(context);
    EmbedCode code = Pages.embedCode(episode, at, base, maxWidth, maxHeight);
    Artwork own = episode.picture();
    Artwork picture =
        own != null && own.width() <= maxWidth && own.height() <= maxHeight ? own : null;
    return new OEmbed(
        episode.title(),
        episode.show(),
        episode.show() == null ? null : base + Pages.showAddress(episode.show()),
        base + "/",
        picture == null ? null : base + DeepLink.artwork(picture),
        picture == null ? null : (Integer) picture.width(),
        picture == null ? null : (Integer) picture.height(),
        code.html(),
        code.width(),
        code.height());
  }

  /** What an address of ours shows. */
  private record Shown(String id, @Nullable TimeSpan at) {}

  /** Reads the address of an episode here, with its moment. */
  private static Shown shown(Context context, String url) {
    try {
      URI address = new URI(url.replace(" ", "%20"));
      String path = address.getRawPath();
      // Behind a proxy we may be asked by http for what others know by https.
      boolean isOurs =
          address.getRawAuthority() != null
              && address.getRawAuthority().equalsIgnoreCase(context.host());
      for (String beginning : PATHS) {
        if (isOurs && path.startsWith(beginning) && path.length() > beginning.length()) {
          String id =
              URLDecoder.decode(
                  path.substring(beginning.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
          return new Shown(id, at(address.getRawQuery()));
        }
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // Told below, like the address of another site.
    }
    throw new NotFoundResponse(
        "url must be the address of an episode here, such as "
            + example(context)
            + "; got \""
            + Parameters.shortened(url)
            + "\"");
  }

  private static @Nullable TimeSpan at(@Nullable String query) {
    List<String> times = new ArrayList<>();
    for (String part : query == null ? new String[0] : query.split("&")) {
      if (part.startsWith("t=")) {
        times.add(URLDecoder.decode(part.substring(2), StandardCharsets.UTF_8));
      }
    }
    return DeepLink.time(times).at();
  }
}

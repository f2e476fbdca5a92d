package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pictures of shows and episodes, in a browser: where they stand, and what they must not do.
 */
class ArtworkBrowserTest extends BrowserCase {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/?q=harbour",
          "/?q=harbour&group=episode",
          "/e/bells",
          "/show/Quay%20Notes",
          "/shows");

  @BeforeAll
  static void startOverPictures() throws IOException {
    server.close();
    engine.close();
    Path corpus = folder.resolve("pictured");
    show(corpus, "Quay Notes", new Color(0x0b5d55), new Color(0xe0a030));
    episode(corpus, "Quay Notes", "ropes", "Ropes and Knots of the Old Harbour", "2024-03-12");
    episode(corpus, "Quay Notes", "bells", "The Harbour Bell", "2024-04-09");
    picture(
        corpus.resolve("Quay Notes/bells.png"), 1280, 720, new Color(0x1d4f91), Color.WHITE, "png");
    show(corpus, "Cloud Hour", new Color(0x7a2e7a), new Color(0xf5a582));
    episode(corpus, "Cloud Hour", "glass", "Weather in a Glass", "2022-09-14");
    show(corpus, "حديث الطقس", new Color(0x9a3412), new Color(0xdcc268));
    Files.writeString(
        corpus.resolve("حديث الطقس/rain.vtt"),
        "WEBVTT\n\n00:01.000 --> 00:06.000\n<v ليلى حداد>نقيس المطر كل صباح في الميناء harbour.\n");
    Files.writeString(
        corpus.resolve("حديث الطقس/rain.yaml"),
        "title: كتاب المطر\ndate: 2024-05-05\nlanguage: ar\n");
    Files.createDirectories(corpus.resolve("Bare Talk"));
    Files.writeString(corpus.resolve("Bare Talk/show.yaml"), "show: Bare Talk\nlanguage: en\n");
    episode(corpus, "Bare Talk", "plain", "A Talk without a Picture", "2023-01-01");
    Corpora.index(folder.resolve("pictured-index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("pictured-index"));
    server = EarmarkServer.start(engine, 0);
  }

  private static void show(Path corpus, String name, Color from, Color to) throws IOException {
    Path of = Files.createDirectories(corpus.resolve(name));
    Files.writeString(of.resolve("show.yaml"), "show: " + name + "\n");
    picture(of.resolve("cover.jpg"), 1400, 1400, from, to, "jpeg");
  }

  private static void episode(Path corpus, String show, String id, String title, String date)
      throws IOException {
    Path of = corpus.resolve(show);
    Files.writeString(
        of.resolve(id + ".yaml"),
        "id: "
            + id
            + "\ntitle: "
            + title
            + "\ndate: "
            + date
            + "\nlanguage: en\n"
            + "duration: 1:00\nmedia: { audio: https://example.org/"
            + id
            + ".mp3 }\n");
    Files.writeString(
        of.resolve(id + ".vtt"),
        """
        WEBVTT

        00:01.000 --> 00:08.000
        <v Ines Marlow>A keeper writes down every ship that makes the harbour.

        00:08.000 --> 00:24.000
        <v Odile Brandt>The barometer falls, and nobody leaves the harbour of %s.
        """
            .formatted(id));
  }

  private static void picture(Path file, int width, int height, Color from, Color to, String form)
      throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, from, width, height, to));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(width / 3, height / 3, height / 3, height / 3);
    graphics.dispose();
    ImageIO.write(picture, form, file.toFile());
  }

  /** Waits until all pictures that are near are there. */
  private static void untilDrawn(Page page) {
    until(page, "[...document.images].every(one => one.complete || one.loading === 'lazy')");
  }

  private static double ratio(Locator picture) {
    return picture.boundingBox().width / picture.boundingBox().height;
  }

  @Test
  void anEpisodeShowsItsOwnPictureOrThatOfItsShow() {
    Page own = open("/e/bells");
    Locator picture = own.locator(".episode-head > .art");
    untilDrawn(own);
    assertThat((int) picture.evaluate("one => one.naturalWidth")).isEqualTo(300);
    assertThat(ratio(picture)).isBetween(1.7, 1.85);
    assertThat(own.locator(".episode-head .art")).hasAttribute("alt", "");
    Page ofShow = open("/e/ropes");
    assertThat(ratio(ofShow.locator(".episode-head > .art"))).isBetween(0.99, 1.01);
    Page without = open("/e/plain");
    assertThat(without.locator(".art")).hasCount(0);
  }

  /** What stands below a picture does not move when it comes. */
  @Test
  void roomIsLeftForAPictureBeforeItIsThere() {
    Page page = open("/e/ropes");
    untilDrawn(page);
    double top = page.locator(".episode-columns").boundingBox().y;
    page.route("**/artwork/*", route -> route.abort());
    page.reload();
    assertThat(page.locator(".episode-columns").boundingBox().y).isEqualTo(top);
    complaints.removeIf(complaint -> complaint.contains("ERR_FAILED"));
  }

  @Test
  void resultsShowAPictureWhereItChanges() {
    Page page = open("/?q=harbour&group=moment&sort=newest");
    untilDrawn(page);
    List<?> sources =
        (List<?>)
            page.evaluate(
                "[...document.querySelectorAll('.hit')]"
                    + ".map(hit => hit.querySelector('.art')?.getAttribute('src') ?? '')");
    assertThat(sources.stream().filter(source -> !source.equals("")).distinct().count())
        .isGreaterThanOrEqualTo(3);
    for (int i = 1; i < sources.size(); i++) {
      assertThat(sources.get(i).equals("") || !sources.get(i).equals(sources.get(i - 1))).isTrue();
    }
  }

  @Test
  void listsOfShowsAndEpisodesShowThem() {
    Page shows = open("/shows");
    assertThat(shows.locator(".names li:has-text('Quay Notes') .art")).hasCount(1);
    assertThat(shows.locator(".names li:has-text('Bare Talk') .art")).hasCount(0);
    assertThat(shows.locator(".names li .art-box")).hasCount(4);
    Page show = open("/show/Quay%20Notes");
    assertThat(show.locator(".catalogue-head > .art")).hasCount(1);
    // Of the episodes only the one whose picture is another.
    assertThat(show.locator(".recent .art")).hasCount(1);
    assertThat(show.locator("meta[property='og:image']"))
        .hasAttribute("content", java.util.regex.Pattern.compile("http://.+/artwork/[0-9a-f]{32}"));
    Page home = open("/");
    assertThat(home.locator(".recent li .art")).hasCount(4);
  }

  @Test
  void theSystemIsToldWhatPlays() {
    Page page = open("/e/bells");
    page.evaluate(
        "Object.defineProperty(document.querySelector('audio'), 'paused', {get: () => false});"
            + "document.querySelector('audio').dispatchEvent(new Event('play')); 0");
    until(page, "navigator.mediaSession.metadata?.title === 'The Harbour Bell'");
    assertThat((String) page.evaluate("navigator.mediaSession.metadata.artwork[0].src"))
        .contains("/artwork/");
    assertThat((String) page.evaluate("navigator.mediaSession.metadata.artist"))
        .isEqualTo("Quay Notes");
  }

  @Test
  void aPictureIsSentOnceAndAsNothingButAPicture() {
    Page page = open("/e/bells");
    String source = page.locator(".episode-head .art").getAttribute("src");
    APIResponse sent = page.request().get(address(source));
    assertThat(sent.status()).isEqualTo(200);
    assertThat(sent.headers())
        .containsEntry("content-type", "image/jpeg")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    assertThat(sent.body()).startsWith(0xFF, 0xD8);
    RequestOptions again =
        RequestOptions.create().setHeader("If-None-Match", sent.headers().get("etag"));
    assertThat(page.request().get(address(source), again).status()).isEqualTo(304);
    for (String none : List.of("0".repeat(32), "..%2F..%2Fsegments_1", "x")) {
      assertThat(page.request().get(address("/artwork/" + none)).status()).as(none).isIn(400, 404);
    }
  }

  @Test
  void othersAreToldThePicture() {
    Page page = open("/e/bells");
    assertThat(
            (String)
                page.evaluate(
                    "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
                        + ".image"))
        .startsWith(address("/artwork/"));
    assertThat(page.request().get(address("/feed.xml?q=harbour")).text())
        .contains("<itunes:image href=\"" + address("/artwork/"));
    assertThat(
            page.request().get(address("/search.json?q=harbour")).text()
                + page.request().get(address("/api/v1/search?q=harbour")).text())
        .contains("\"artwork\":\"/artwork/");
    assertThat(page.request().get(address("/api/v1/shows/Quay%20Notes")).text())
        .contains("\"artwork\":\"/artwork/");
    assertThat(page.request().get(address("/api/v1/episodes/plain")).text())
        .doesNotContain("artwork");
  }

  @Test
  void picturesStandWellInEveryForm() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (boolean narrow : List.of(false, true)) {
        Browser.NewContextOptions form = (narrow ? narrow() : wide()).setColorScheme(scheme);
        for (String path :
            List.of(
                "/",
                "/?q=harbour&group=moment",
                "/?q=harbour&group=episode",
                "/e/bells",
                "/e/ropes",
                "/e/rain",
                "/show/Quay%20Notes",
                "/shows")) {
          Page page = open(path, form);
          untilDrawn(page);
          String name =
              path.replaceAll("[^a-z]+", "-")
                  + (narrow ? "-narrow" : "-wide")
                  + (scheme == ColorScheme.DARK ? "-dark" : "");
          page.screenshot(
              new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("artwork" + name + ".png")));
          assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
              .as(name)
              .isLessThanOrEqualTo(narrow ? 390 : 1280);
          page.context().close();
        }
      }
    }
  }

  @Test
  void axeHasNothingAgainstThem() {
    for (String path : PAGES) {
      Page page = open(path);
      assertThat(new AxeBuilder(page).analyze().getViolations()).as(path).isEmpty();
      page.context().close();
    }
  }
}

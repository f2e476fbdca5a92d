package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The player on a page of another site, in a browser. */
class EmbedBrowserTest extends BrowserCase {
  private Page post(String code, Browser.NewContextOptions options) {
    return openElsewhere(
        "<!doctype html><html lang=en><title>A post</title><meta name=color-scheme"
            + " content='light dark'><meta name=viewport content='width=device-width'>"
            + "<body style='margin:0'><p>As they say:</p>"
            + code
            + "<p style='height:2000px'>And more.</p>",
        options);
  }

  private static String frame(String path, int width, int height) {
    return "<iframe src='"
        + address(path)
        + "' width="
        + width
        + " height="
        + height
        + " allow=autoplay style='border:0;max-width:100%'></iframe>";
  }

  private static Locator current(FrameLocator frame) {
    return frame.locator(".moment[aria-current]");
  }

  private static boolean isInSight(Locator moment) {
    return Boolean.TRUE.equals(
        moment.evaluate(
            """
            moment => {
              const box = moment.getBoundingClientRect();
              const list = document.querySelector('.embed-text').getBoundingClientRect();
              return box.top >= list.top - 1 && box.bottom <= list.bottom + 1;
            }\
            """));
  }

  @Test
  void itPlaysOnAPageOfAnotherSiteAndTheTranscriptFollows() {
    Page page = post(frame("/embed/tides?t=20", 640, 300), wide());
    FrameLocator frame = page.frameLocator("iframe");
    assertThat(frame.locator("h1")).hasText("How Tide Tables Were Made");
    assertThat(current(frame)).containsText("how long did people need");
    frame.locator("audio").evaluate("audio => audio.play()");
    assertThat(frame.locator(".embed")).hasClass(Pattern.compile("playing"));
    page.waitForCondition(() ->
        (double) frame.locator("audio").evaluate("audio => audio.currentTime + 0.0001") > 20.2);
    // A press on a time goes there, and what is heard is brought into sight.
    frame.locator(".time").last().scrollIntoViewIfNeeded();
    frame.locator(".time").last().click();
    assertThat(current(frame)).containsText("out comes the water");
    page.waitForCondition(() ->
        (double) frame.locator("audio").evaluate("audio => audio.currentTime + 0.0001") > 44.1);
    assertThat(isInSight(current(frame))).isTrue();
    frame.locator("audio").evaluate("audio => { audio.currentTime = 1; }");
    assertThat(current(frame)).containsText("Welcome back");
    page.waitForCondition(() -> isInSight(current(frame)));
    assertThat(page.evaluate("scrollY")).as("the post stays where it was").isEqualTo(0);
    assertThat(page.context().pages()).as("no other page was opened").hasSize(1);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("embed-wide.png")));
  }

  @Test
  void aClipShowsWhatIsSaidInItAndStopsAtItsEnd() {
    Page page = post(frame("/embed/tides?t=19,21.5", 640, 300), wide());
    FrameLocator frame = page.frameLocator("iframe");
    assertThat(frame.locator(".moment")).hasCount(2);
    assertThat(frame.locator(".embed-head .clock")).hasText("0:19–0:21");
    frame.locator("audio").evaluate("audio => audio.play()");
    page.waitForCondition(() ->
        Boolean.TRUE.equals(
            frame.locator("audio").evaluate("audio => audio.paused && audio.currentTime > 21")));
    assertThat((double) frame.locator("audio").evaluate("audio => audio.currentTime + 0.0001"))
        .isBetween(21.4, 22.0);
  }

  @Test
  void itFitsANarrowPageInLightAndDark() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page =
          post(
              frame("/embed/tides?t=30", 640, 400),
              new Browser.NewContextOptions().setViewportSize(360, 640).setColorScheme(scheme));
      FrameLocator frame = page.frameLocator("iframe");
      assertThat(current(frame)).containsText("Months.");
      assertThat(frame.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth"))
          .isEqualTo(true);
      page.waitForCondition(() -> isInSight(current(frame)));
      assertThat(page.evaluate("scrollY")).as("the post stays where it was").isEqualTo(0);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(
                  SCREENSHOTS.resolve("embed-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
      page.context().close();
    }
  }

  @Test
  void anyoneCanUseIt() {
    for (String path :
        List.of("/embed/tides?t=20", "/embed/dario-amodei-2026?t=835", "/embed/hostile")) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        Page page =
            open(
                path,
                new Browser.NewContextOptions().setViewportSize(360, 400).setColorScheme(scheme));
        assertThat(page.locator(".embed")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat(
                (int)
                    page.locator("h1")
                        .evaluate("title => Math.round(title.getBoundingClientRect().right)"))
            .isLessThan(360);
        assertThat(new AxeBuilder(page).analyze().getViolations()).as(path).isEmpty();
        assertThat(page.evaluate("window.hacked")).isNull();
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    SCREENSHOTS.resolve(
                        "embed-"
                            + path.substring(7, 12)
                            + "-"
                            + scheme.name().toLowerCase(Locale.ROOT)
                            + ".png")));
        page.context().close();
      }
    }
  }

  @Test
  void anEpisodesPageGivesTheCodeForTheMomentItIsAt() {
    Page page =
        open("/e/tides?t=20", wide().setPermissions(List.of("clipboard-read", "clipboard-write")));
    page.locator("[data-copy=embed]").click();
    assertThat(page.locator("[data-copy=embed]")).hasText("Copied");
    String code = (String) page.evaluate("navigator.clipboard.readText()");
    assertThat(code).contains("<iframe src=\"" + address("/embed/tides?t=20") + "\"");
    Page post = post(code, wide());
    assertThat(current(post.frameLocator("iframe"))).containsText("how long did people need");
  }
}

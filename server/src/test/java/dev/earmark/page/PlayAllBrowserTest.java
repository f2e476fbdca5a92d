package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that is listed is played, place after place, each from its second to its end. */
class PlayAllBrowserTest extends BrowserCase {
  private static final String ALL = "/?episode=tides&kind=segment&group=moment&sort=time";

  /** What is heard: for each link that plays, the least and the greatest second. */
  private static final String HEAR =
      """
      () => {
        window.heard = {};
        document.addEventListener('timeupdate', event => {
          const link = document.querySelector('.hit[aria-current]')?.dataset.link;
          const at = event.target.currentTime;
          if (link && !event.target.paused && !event.target.seeking && event.target.readyState > 2) {
            const [least, most] = window.heard[link] ?? [at, at];
            window.heard[link] = [Math.min(least, at), Math.max(most, at)];
          }
        }, true);
        document.addEventListener('loadstart', event => {
          event.target.defaultPlaybackRate = event.target.playbackRate = 8;
        }, true);
      }
      """;

  private Page begin(Browser.NewContextOptions options) {
    Page page = open(ALL, options);
    page.evaluate(HEAR);
    return page;
  }

  private static Locator bar(Page page) {
    return page.locator("#playlist");
  }

  @Test
  void playsHitAfterHitFromItsSecondToItsEnd() {
    Page page = begin(wide());
    List<Locator> hits = page.locator(".hit").all();
    assertThat(hits).hasSize(5);
    page.locator("[data-play-all]").click();
    assertThat(bar(page)).isVisible();
    assertThat(page.locator(".playlist-count")).hasText("1 of 5");
    assertThat(page.locator(".playlist-now"))
        .hasText("0:00, Ines Marlow, How Tide Tables Were Made");
    assertThat(page.locator("#status")).containsText("Plays 1 of 5: 0:00, Ines");
    page.waitForCondition(
        () -> page.locator("#status").innerText().equals("5 places were played."));
    assertThat(bar(page)).isHidden();
    assertThat(page.locator("[data-play-all]")).containsText("Play all");
    assertThat(page.locator(".hit[aria-current]")).hasCount(0);
    assertThat(page.locator(".stage audio")).hasCount(0);
    @SuppressWarnings("unchecked")
    Map<String, List<Number>> heard = (Map<String, List<Number>>) page.evaluate("window.heard");
    assertThat(heard).hasSize(5);
    for (Locator hit : hits) {
      double until =
          Double.parseDouble(hit.locator("[data-play]").getAttribute("data-until")) / 1000;
      String source = hit.locator("[data-play]").getAttribute("data-source");
      double from = Double.parseDouble(source.substring(source.indexOf("#t=") + 3));
      List<Number> seconds = heard.get(hit.getAttribute("data-link"));
      assertThat(seconds.getFirst().doubleValue()).isBetween(from - 0.1, from + 4);
      // A quarter of a second passes between two events, at eight times the speed.
      assertThat(seconds.getLast().doubleValue()).isBetween(until - 4, until + 3);
    }
  }

  @Test
  void keysGoOnAndBackAndStop() {
    Page page = open(ALL);
    page.keyboard().press("a");
    assertThat(page.locator(".playlist-count")).hasText("1 of 5");
    page.keyboard().press("n");
    assertThat(page.locator(".playlist-count")).hasText("2 of 5");
    until(page, "document.querySelector('.hit[aria-current] .stage audio')?.currentTime > 6");
    page.keyboard().press("b");
    assertThat(page.locator(".playlist-count")).hasText("1 of 5");
    page.keyboard().press("b");
    assertThat(page.locator(".playlist-count")).hasText("1 of 5");
    page.locator("[data-playlist=toggle]").click();
    until(page, "document.querySelector('.stage audio').paused");
    assertThat(page.locator("[data-playlist=toggle]")).hasAttribute("aria-label", "Play");
    page.locator("[data-playlist=toggle]").click();
    until(page, "!document.querySelector('.stage audio').paused");
    page.locator("[data-playlist=next]").focus();
    page.keyboard().press("Escape");
    assertThat(bar(page)).isHidden();
    assertThat(page.locator("[data-play-all]")).isFocused();
    assertThat(page.locator(".stage audio")).hasCount(0);
  }

  @Test
  void anotherPlaceOrSearchEndsIt() {
    Page page = open(ALL);
    page.locator("[data-play-all]").click();
    until(page, "document.querySelector('.stage audio')?.currentTime > 0");
    page.locator(".hit [data-play]").last().click();
    assertThat(bar(page)).isHidden();
    until(page, "document.querySelector('.stage audio')?.currentTime > 44");
    page.locator("[data-play-all]").click();
    assertThat(bar(page)).isVisible();
    until(page, "document.querySelector('.stage audio')?.currentTime > 0");
    page.locator("#q").fill("wheel");
    assertThat(page.locator(".hit")).hasCount(1);
    assertThat(bar(page)).isHidden();
    assertThat(page.locator("[data-play-all]")).hasCount(0);
  }

  @Test
  void fitsANarrowScreen() {
    Page page = open(ALL, new Browser.NewContextOptions().setViewportSize(360, 740));
    page.locator("[data-play-all]").click();
    until(page, "document.querySelector('.stage audio')?.currentTime > 0");
    page.locator("[data-playlist=next]").click();
    assertThat(page.locator(".playlist-count")).hasText("2 of 5");
    until(page, "document.querySelector('.stage audio')?.currentTime > 6");
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= 360")).isTrue();
    assertThat(
            new AxeBuilder(page)
                .include("#playlist")
                .include(".found-head")
                .analyze()
                .getViolations())
        .isEmpty();
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("play-all-narrow.png")));
    page.setViewportSize(1280, 900);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("play-all.png")));
  }
}

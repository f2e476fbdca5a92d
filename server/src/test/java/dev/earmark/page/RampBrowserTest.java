package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.earmark.Foreign;
import org.junit.jupiter.api.Test;

/** A manifest in a viewer of somebody else's, on a page of another site. */
class RampBrowserTest extends BrowserCase {

  @Test
  void itPlaysReadsAndSearchesAnEpisode() throws Exception {
    JsonNode ramp = Foreign.read("ramp", address("/iiif/tides/manifest"));
    Page page =
        openElsewhere(
            "<!doctype html><html lang=en><title>An archive</title><style>"
                + ramp.path("style").asText()
                + "</style><div id=ramp></div><script>"
                + ramp.path("script").asText()
                + "</script>",
            wide());
    // What is said, and when, from the captions that the manifest names.
    Locator lines = page.locator(".ramp--transcript_item");
    assertThat(lines).hasCount(5);
    assertThat(lines.nth(1)).containsText("0:06");
    assertThat(page.getByText("A machine of brass").first()).isVisible();
    // A phrase that runs from one caption into the next, which Ramp asks our server for.
    page.getByPlaceholder("Search Transcript...").fill("harbour and before");
    Locator marked = page.locator(".ramp--transcript_highlight");
    assertThat(marked).hasCount(1);
    assertThat(marked).hasText("harbour. And before");
    assertThat(lines.nth(1).locator(".ramp--transcript_highlight")).hasCount(1);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("ramp.png")).setFullPage(true));
    // A word in three captions, and where it is.
    page.getByPlaceholder("Search Transcript...").fill("harbour");
    assertThat(marked).hasCount(3);
    // A press on a caption plays from there.
    lines.nth(3).click();
    page.waitForCondition(() ->
        Boolean.TRUE.equals(
            page.evaluate("document.querySelector('audio, video').currentTime >= 30")));
    assertThat((String) page.evaluate("document.querySelector('audio, video').currentSrc"))
        .isEqualTo(address("/iiif/tides/media/audio"));
  }
}

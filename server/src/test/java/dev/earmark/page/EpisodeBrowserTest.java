package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Timestamp;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of an episode as people use it: a recording that really plays, and its transcript. */
class EpisodeBrowserTest extends BrowserCase {
  private static final String TIME = "document.querySelector('audio').currentTime";

  private static double time(Page page) {
    return ((Number) page.evaluate(TIME)).doubleValue();
  }

  @Test
  void aDeepLinkSeeksTheRecordingToTheSecond() {
    for (String t : List.of("31", "0:31", "0m31s")) {
      Page page = open("/e/tides?t=" + t);
      until(page, TIME + " >= 31");
      assertThat(time(page)).isEqualTo(31);
      assertThat(page.locator(".moment[aria-current]")).containsText("Months.");
      assertThat(page.locator(".playing-now")).hasText("0:31");
      page.context().close();
    }
  }

  @Test
  void theTranscriptFollowsTheWordThatIsHeard() {
    Page page = open("/e/tides?t=44");
    until(page, TIME + " >= 44");
    page.keyboard().press("Space");
    until(page, TIME + " > 45");
    until(page, "CSS.highlights.get('spoken')?.size === 1");
    page.keyboard().press("Space");
    until(page, "document.querySelector('audio').paused");
    String word = (String) page.evaluate("[...CSS.highlights.get('spoken')][0].toString()");
    assertThat("So a harbour is a list of numbers, and out comes the water.").contains(word);
    assertThat(page.locator(".moment[aria-current]")).containsText("So a harbour");
  }

  @Test
  void aWordAChapterTheStripAndALaneSeek() {
    Page page = open("/e/tides");
    until(page, "document.querySelector('audio').readyState > 0");
    page.locator("h3:has-text('A harbour is a list') .time").click();
    until(page, TIME + " >= 30 && " + TIME + " < 44");
    page.locator(".turn .text").first().click();
    until(page, TIME + " < 20");
    page.evaluate("document.querySelector('audio').pause()");
    Locator lane = page.locator(".voices .lane").first();
    lane.scrollIntoViewIfNeeded();
    double laneWidth = lane.boundingBox().width;
    lane.click(new Locator.ClickOptions().setPosition(laneWidth * 0.75, 4));
    until(page, "Math.abs(" + TIME + " - 45) < 2");
    Locator strip = page.locator(".strip");
    strip.click(new Locator.ClickOptions().setPosition(strip.boundingBox().width / 4, 45));
    until(page, "Math.abs(" + TIME + " - 15) < 2");
  }

  @Test
  void aSearchInsideIsMarkedListedAndGoneThroughByKeys() {
    Page page = open("/e/tides");
    page.keyboard().press("/");
    assertThat(page.locator("#within")).isFocused();
    page.keyboard().insertText("harbour");
    page.waitForURL(Pattern.compile("q=harbour"));
    Locator matches = page.locator(".matches a");
    assertThat(matches).hasCount(4);
    assertThat(page.locator("#status")).hasText("4 matches in this episode.");
    assertThat(page.locator(".found-ticks .tick")).hasCount(4);
    until(page, "CSS.highlights.get('found')?.size === 4");
    page.locator("h1").click();
    page.keyboard().press("j");
    assertThat(matches.first()).hasClass(Pattern.compile("chosen"));
    page.waitForURL(Pattern.compile("t=\\d+&q=harbour"));
    page.keyboard().press("k");
    assertThat(matches.last()).hasClass(Pattern.compile("chosen"));
    page.keyboard().press("?");
    assertThat(page.locator("#help")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("#help")).isHidden();
    page.locator("#within").fill("");
    assertThat(matches).hasCount(0);
    page.waitForURL(address("/e/tides"));
  }

  @Test
  void whatIsSelectedIsQuotedOrCopiedAsAClip() {
    Page page =
        open("/e/tides", wide().setPermissions(List.of("clipboard-read", "clipboard-write")));
    page.evaluate(
        """
        (() => {
          const node = document.querySelectorAll('.turn .text')[1].firstChild;
          const range = document.createRange();
          range.setStart(node, node.data.indexOf('one pull'));
          range.setEnd(node, node.data.indexOf(', and a chain'));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        })()\
        """);
    Locator bar = page.locator("#selected");
    assertThat(bar).isVisible();
    bar.locator("[data-take=quote]").click();
    page.locator("#quotation [data-take=copy]").click();
    assertThat(page.locator("#quotation [data-take=copy]")).hasText("Copied");
    String quotation = (String) page.evaluate("navigator.clipboard.readText()");
    assertThat(quotation)
        .startsWith(
            "“[…] one pull of the moon […]”\n"
                + "— Tomas Okell, How Tide Tables Were Made, Slow Instruments, 4 Nov 2025, 0:");
    page.keyboard().press("Escape");
    bar.locator("[data-take=clip]").click();
    until(page, "navigator.clipboard.readText().then(text => text.startsWith('http'))");
    String clip = (String) page.evaluate("navigator.clipboard.readText()");
    assertThat(clip).matches(".*/e/tides\\?t=\\d+,\\d+&q=%22one\\+pull\\+of\\+the\\+moon%22");
    page.navigate(clip);
    assertThat(page.locator(".notice")).hasCount(0);
    assertThat(page.locator(".documents mark")).hasText("one pull of the moon");
  }

  @Test
  void nothingIsAskedOfAVideoSiteBeforeAClick() {
    Page page = open("/e/dario-amodei-2026?t=835");
    assertThat(page.locator(".facade")).containsText("Play from 13:55");
    assertThat(page.locator("iframe")).hasCount(0);
  }

  @Test
  void aLinkWhoseWordsHaveMovedSaysSo() {
    Page page = open("/e/tides?t=5&q=%22its+own+delays%22");
    assertThat(page.locator(".notice")).containsText("no longer at 0:05");
    until(page, TIME + " > 38");
    assertThat(page.locator(".moment[aria-current]")).containsText("its own delays");
    page.locator(".notice a").click();
    page.waitForURL(Pattern.compile("t=5$"));
  }

  @Test
  void whatLiesSomewhereInAStretchIsShownAsAStretch() {
    Page page = open("/e/dario-amodei-2026?q=%22export+controls%22");
    assertThat(page.locator(".strip rect.stretch").first()).isVisible();
    Locator time = page.locator(".documents a.time:has-text('in ')").first();
    assertThat(time).hasText(Pattern.compile("^in [\\d:]+–[\\d:]+$"));
    assertThat(time).hasAttribute("title", Pattern.compile("^Somewhere in this stretch"));
    String id = page.locator(".documents .moment[data-stretch]").first().getAttribute("id");
    page.evaluate("id => { location.hash = id; }", id);
    assertThat(page.locator(".strip rect.stretch.named")).hasCount(1);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve("stretch.png"))
            .setFullPage(false));
  }

  /** TC0005, TC0006, TC0009, TC0014 and TC0015 of the W3C's Media Fragments, by a real player. */
  @ParameterizedTest
  @CsvSource({"20;30, 20", "20;75, 20", "70;80, 60", "75, 60", "0;7, 0"})
  void aMediaLinkBeginsWhereItSays(String t, double second) {
    String[] parts = t.split(";");
    String link =
        DeepLink.mediaFragment(
            address(DeepLink.localMedia("tides", "audio")),
            Timestamp.parse(parts[0]),
            parts.length == 1 ? null : Timestamp.parse(parts[1]));
    Page page = open("/e/tides");
    Object at =
        page.evaluate(
            "link => new Promise((resolve, reject) => { const audio = new Audio(link);"
                + " audio.oncanplay = () => resolve(audio.currentTime + 0.0001);"
                + " audio.onerror = reject; audio.load(); })",
            link);
    assertThat((double) at).isCloseTo(second, within(0.1));
  }

  @Test
  void aTimeThatIsNoneIsIgnoredAndThePageSaysSo() {
    Page page = open("/e/tides?t=30,7");
    assertThat(page.locator(".notice"))
        .containsText("The time of this link, “30,7”, is not understood and was ignored");
    page.navigate(address("/e/tides?t=npt:30,44"));
    assertThat(page.locator(".notice")).hasCount(0);
    assertThat(page.locator(".playing-now")).containsText("0:30");
  }
}

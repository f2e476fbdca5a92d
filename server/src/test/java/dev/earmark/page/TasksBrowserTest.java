package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people come for, over several shows, counted in clicks and keys. */
class TasksBrowserTest extends BrowserCase {
  private int clicks;
  private int keys;

  private void click(Locator target) {
    clicks++;
    target.click();
  }

  private void tap(Locator target) {
    clicks++;
    target.tap();
  }

  private void press(Page page, String key) {
    keys++;
    page.keyboard().press(key);
  }

  private static Browser.NewContextOptions copying(Browser.NewContextOptions options) {
    return options.setPermissions(List.of("clipboard-read", "clipboard-write"));
  }

  private static void assertQuoted(Page page) {
    assertThat(page.locator("#quotation [data-take=copy]")).hasText("Copied");
    assertThat((String) page.evaluate("navigator.clipboard.readText()"))
        .startsWith("“Each wheel stands for one pull of the moon")
        .containsPattern(
            "\n— Tomas Okell, How Tide Tables Were Made, Slow Instruments, 4 Nov 2025, 0:06"
                + "\nhttp://127.0.0.1:\\d+/e/tides\\?t=6&q=");
  }

  private static final String HEARD = "document.querySelector('.stage audio')?.currentTime > 6";

  @Test
  void findHearQuoteWithTheLink() {
    Page page = open("/", copying(wide()));
    page.keyboard().type("wheel stands");
    page.waitForURL(Pattern.compile("q=wheel\\+stands"));
    click(page.locator("[data-play]").first());
    until(page, HEARD);
    click(page.locator("[data-quote]").first());
    click(page.locator("#quotation [data-take=copy]"));
    assertQuoted(page);
    assertThat(clicks).isLessThanOrEqualTo(4);
  }

  @Test
  void whoSaidItFirst() {
    Page page = open("/");
    page.keyboard().type("barometer");
    page.waitForURL(Pattern.compile("q=barometer"));
    click(page.locator(".after a:has-text('How often')"));
    Locator first = page.locator(".first-mention");
    assertThat(first.locator("h2").first()).containsText("2 Mar 2021");
    assertThat(first).containsText("Keeping the Light");
    assertThat(first.locator(".speaker")).hasText("Odile Brandt");
    assertThat(clicks).isLessThanOrEqualTo(2);
  }

  @Test
  void allLinesOfAWordAsATable() throws IOException {
    Page page = open("/");
    page.keyboard().type("barometer");
    page.waitForURL(Pattern.compile("q=barometer"));
    click(page.locator("[data-key='group:line']"));
    assertThat(page.locator(".line")).hasCount(5);
    click(page.locator("[data-key='by:left']"));
    page.waitForURL(Pattern.compile("by=left"));
    // By the word before, then the one before that: a, its own, the, the and the first.
    assertThat(page.locator(".line .left"))
        .hasText(new String[] {"A", "The first", "Every harbour has its own", "The", "And the"});
    Download download = page.waitForDownload(() -> click(page.locator("a[download]")));
    String table = new String(download.createReadStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(table.lines()).hasSize(6);
    assertThat(table)
        .startsWith("episodeId,episodeTitle,show,date,speaker,time,atMs,endMs,before,match,after,")
        .containsPattern(
            "lights,Keeping the Light,Slow Instruments,2021-03-02,Odile Brandt,0:\\d\\d,\\d+,\\d*,"
                + "\"?[^\n]*And the \"?,barometer,\"?, four times a day")
        .containsPattern("http://127.0.0.1:\\d+/e/lights\\?t=");
    assertThat(clicks).isLessThanOrEqualTo(4);
  }

  @Test
  void termsAreComparedOnOneScaleAndWhatIsUndatedIsTold() throws IOException {
    Page page = open("/trends");
    page.locator("#phrase").fill("barometer, lighthouse keeper");
    click(page.locator(".trend-form button"));
    Locator terms = page.locator(".term-trend");
    assertThat(terms).hasCount(2);
    assertThat(terms.first().locator(".summary"))
        .containsText("20% of that is in episodes without a date");
    // The axis begins where the first of them is said and ends where the last is.
    assertThat(page.locator(".term-details").first().locator(".numbers th[scope=row]").first())
        .hasText("Mar 2021");
    assertThat(page.locator(".term-details").first().locator(".numbers th[scope=row]").last())
        .hasText("Sep 2022");
    assertThat(terms.nth(1).locator(".bar")).hasCount(1);
    assertThat(page.locator(".first-mention h2").first()).containsText("first said 2 Mar 2021");
    Download download = page.waitForDownload(() -> click(page.locator("a[download]")));
    String table = new String(download.createReadStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(table)
        .startsWith("term,by,key,times,words,per_million\r\nbarometer,month,2021-03,2,")
        .contains("barometer,month,,1,0,0.000")
        .contains("lighthouse keeper,month,2021-03,1,");
  }

  @Test
  void aLineLeadsToItsSecondAndPlays() {
    Page page = open("/?q=wheel+stands&view=lines");
    page.locator(".line-play").first().click();
    until(page, HEARD);
    page.locator(".line .time").first().click();
    page.waitForURL(Pattern.compile("/e/tides\\?t=6"));
    page.goBack();
    assertThat(page.locator(".line").first()).isVisible();
  }

  @Test
  void theSameByKeysAlone() {
    Page page = open("/", copying(wide()));
    page.keyboard().type("wheel stands");
    press(page, "Enter");
    assertThat(page.locator(".hit").first()).isVisible();
    press(page, "Tab");
    press(page, "j");
    assertThat(page.locator(".hit").first().locator(".time")).isFocused();
    press(page, "p");
    until(page, HEARD);
    press(page, "q");
    press(page, "Enter");
    assertQuoted(page);
    assertThat(keys).isLessThanOrEqualTo(12);
  }

  @Test
  void theSameByThumb() {
    Page page =
        open("/", copying(narrow().setViewportSize(360, 740).setHasTouch(true).setIsMobile(true)));
    page.keyboard().type("wheel stands");
    page.waitForURL(Pattern.compile("q=wheel\\+stands"));
    tap(page.locator("[data-play]").first());
    until(page, HEARD);
    tap(page.locator("[data-quote]").first());
    tap(page.locator("#quotation [data-take=copy]"));
    assertQuoted(page);
    assertThat(clicks).isLessThanOrEqualTo(4);
  }
}

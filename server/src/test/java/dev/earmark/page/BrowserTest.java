package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search page as people meet it, and every page as everybody must be able to. */
class BrowserTest extends BrowserCase {
  private static final int MOST_BYTES = 60_000;

  @Test
  void somebodyTypesAPhraseNarrowsAndLandsOnTheSecond() {
    Page page = open("/");
    assertThat(page.locator("#q")).isFocused();
    page.keyboard().insertText("\"zero time for bullshit\"");
    // Results come without Enter, the address says what is shown, and the focus stays.
    page.waitForURL(Pattern.compile("q=%22zero"));
    assertThat(page.locator("mark").first()).hasText("zero time for bullshit");
    assertThat(page.locator("#q")).isFocused();
    assertThat(page.locator("#status")).hasText(Pattern.compile("^[1-9]\\d* moments? .*found\\.$"));
    page.locator("[data-key='kind:quote']").click();
    page.waitForURL(Pattern.compile("kind=quote"));
    assertThat(page.locator(".chosen .chip")).hasText(Pattern.compile("Kind\\s+Quotes"));
    page.locator("a.time[href*='t=1285']").first().click();
    page.waitForURL(Pattern.compile("/e/dario-amodei-2026\\?t=1285"));
    assertThat(page.locator("body")).containsText("Enterprise Adoption and Revenue Growth");
    page.goBack();
    page.waitForURL(Pattern.compile("kind=quote"));
    assertThat(page.locator("mark").first()).hasText("zero time for bullshit");
    page.locator(".chosen .chip").click();
    page.waitForURL(Pattern.compile("q=%22zero[^&]*$"));
    assertThat(page.locator(".chosen .chip")).hasCount(0);
  }

  @Test
  void oneStepBackUndoesWhatWasTyped() {
    Page page = open("/");
    page.locator("#q").focus();
    page.keyboard().type("harb");
    page.waitForURL(Pattern.compile("q=harb&typing=true$"));
    page.keyboard().type("our");
    page.waitForURL(Pattern.compile("q=harbour&typing=true$"));
    assertThat(page.locator(".group h2").first()).hasText("How Tide Tables Were Made");
    page.goBack();
    page.waitForURL(address("/"));
    assertThat(page.locator(".recent li").first()).isVisible();
    assertThat(page.locator("#q")).hasValue("");
    page.goForward();
    page.waitForURL(Pattern.compile("q=harbour&typing=true$"));
    assertThat(page.locator("#q")).hasValue("harbour");
    assertThat(page.locator("mark").first()).hasText("harbour");
  }

  @Test
  void suggestionsAreGoneThroughByKeys() {
    Page page = open("/");
    Locator box = page.locator("#q");
    Locator options = page.locator("#suggestions [role=option]");
    box.focus();
    // What is suggested is gathered in the background after the start.
    page.waitForCondition(() -> {
      box.fill("");
      box.fill("tomas");
      page.waitForTimeout(300);
      return options.count() > 0;
    });
    assertThat(box).hasAttribute("aria-expanded", "true");
    page.keyboard().press("ArrowDown");
    assertThat(options.first()).hasAttribute("aria-selected", "true");
    assertThat(box).hasAttribute("aria-activedescendant", "suggestion-0");
    page.keyboard().press("Escape");
    assertThat(page.locator("#suggestions")).isHidden();
    assertThat(box).hasAttribute("aria-expanded", "false");
    assertThat(box).hasValue("tomas");
    page.keyboard().press("ArrowDown");
    assertThat(options.first()).isVisible();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("speaker%3A"));
    assertThat(box).hasValue("speaker:\"Tomas Okell\"");
    assertThat(page.locator(".facts .speaker").first()).hasText("Tomas Okell");
  }

  @Test
  void aLongFacetIsSearchedAndDatesNarrow() {
    Page page = open("/?group=moment");
    Locator topics = page.locator(".facet[data-facet=topic]");
    topics.locator(".filter").fill("expor");
    Locator found = topics.locator("ul[aria-label='Found in Topic'] .value");
    assertThat(found).hasCount(1);
    found.click();
    page.waitForURL(Pattern.compile("topic=Export"));
    page.navigate(address("/?q=machine+people&match=any"));
    page.locator("input[name=to]").fill("2025-12-31");
    page.locator(".dates button").click();
    page.waitForURL(Pattern.compile("to=2025-12-31"));
    assertThat(page.locator(".group h2")).hasText(new String[] {"How Tide Tables Were Made"});
    page.locator("input[name=to]").fill("2020-12-31");
    page.locator(".dates button").click();
    assertThat(page.locator(".empty h2")).hasText("Nothing was found");
    page.locator(".empty li a").first().click();
    page.waitForURL(Pattern.compile("q=machine\\+people(&match=any)?$"));
    assertThat(page.locator("mark").first()).isVisible();
  }

  @Test
  void yearsAreChosenByDraggingOverThem() {
    Page page = open("/?q=harbour&group=moment");
    Locator bars = page.locator(".years a");
    int all = bars.count();
    org.assertj.core.api.Assertions.assertThat(all).isGreaterThan(2);
    var first = bars.nth(0).boundingBox();
    var last = bars.nth(1).boundingBox();
    page.mouse().move(first.x + first.width / 2, first.y + 20);
    page.mouse().down();
    page.mouse().move(last.x + last.width / 2, last.y + 20);
    page.mouse().up();
    page.waitForURL(Pattern.compile("from=2021-01-01&to=2022-12-31"));
    assertThat(page.locator(".chosen .chip")).containsText("1 Jan 2021 to 31 Dec 2022");
    // Without a script each bar is a link to its year.
    Page plain = open("/?q=harbour&group=moment", wide().setJavaScriptEnabled(false));
    plain.locator(".years a").last().click();
    plain.waitForURL(Pattern.compile("from=2025-01-01&to=2025-12-31"));
  }

  @Test
  void aFacetWithOneValueIsThereIfItNarrows() {
    Page page = open("/?q=harbour");
    assertThat(page.locator(".facet[data-facet=show] .value")).not().hasCount(0);
    page.navigate(address("/?q=harbour&episode=undated&group=moment"));
    // All of it is one show, so there is nothing to choose; but only one of two has a speaker.
    assertThat(page.locator(".facet[data-facet=kind]")).hasCount(0);
    assertThat(page.locator(".facet[data-facet=speaker] .value")).hasCount(1);
  }

  @Test
  void textThatRunsFromRightToLeftDoesSo() {
    Page page = open("/e/rain");
    for (String part : List.of("h1", ".turn .text >> nth=0")) {
      assertThat(
              (String)
                  page.evaluate("e => getComputedStyle(e).direction", page.querySelector(part)))
          .as(part)
          .isEqualTo("rtl");
    }
    page.locator("#q").fill("المطر");
    assertThat((String) page.evaluate("getComputedStyle(document.getElementById('q')).direction"))
        .isEqualTo("rtl");
    page.keyboard().press("Enter");
    assertThat(page.locator("mark").first()).hasText("المطر");
  }

  @Test
  void pagesTurnForwardAndBack() {
    Page page = open("/?q=ai&group=moment&limit=5");
    String first = page.locator(".hit .said, .hit .moment-title").first().textContent();
    page.locator("a.next").click();
    page.waitForURL(Pattern.compile("cursor="));
    assertThat(page.locator("a[data-key='page:first']")).isVisible();
    assertThat(page.locator(".hit")).hasCount(5);
    page.locator("a[data-key='page:first']").click();
    assertThat(page.locator(".hit .said, .hit .moment-title").first()).hasText(first);
    assertThat(page.locator("a[data-key='page:first']")).hasCount(0);
  }

  @Test
  void whatIsDrawnAfterTheRestIsInItsPlace() {
    Page whole = open("/?q=compute&group=moment");
    Page page = open("/?q=model&group=moment");
    page.locator("#q").fill("compute");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("q=compute"));
    for (String parts :
        List.of(".found > .hits > li", ".facets > .facet", ".found > *", ".hit .actions > *")) {
      Locator expected = whole.locator(parts);
      assertThat(page.locator(parts)).hasCount(expected.count());
      assertThat(page.locator(parts).allTextContents().stream().map(BrowserTest::untimed).toList())
          .as(parts)
          .isEqualTo(expected.allTextContents().stream().map(BrowserTest::untimed).toList());
    }
    assertThat(page.locator(".found > .hits > li").count()).isEqualTo(20);
  }

  /** Without how long the search took, and without the field that only a script makes. */
  private static String untimed(String text) {
    return text.replaceAll("[0-9.]+ ms", "").replaceAll("\\s+", " ");
  }

  @Test
  void whoComesBackIsWhereTheyWere() {
    Page page = open("/?q=compute&group=moment");
    Locator hit = page.locator(".found > .hits > li").nth(16);
    hit.locator("a.time").scrollIntoViewIfNeeded();
    hit.locator("a.time").click();
    page.waitForURL(Pattern.compile("/e/"));
    page.goBack();
    page.waitForURL(Pattern.compile("group=moment"));
    assertThat(hit).isInViewport();
  }

  @Test
  void aHitPlaysWhereItStandsAndItsLinkIsCopied() {
    Page page =
        open("/?q=delays", wide().setPermissions(List.of("clipboard-read", "clipboard-write")));
    page.locator("[data-play]").first().click();
    until(page, "document.querySelector('.stage audio')?.currentTime > 38");
    assertThat(page.url()).endsWith("/?q=delays");
    page.locator("[data-copy]").first().click();
    assertThat(page.locator("[data-copy] .copy-label").first()).hasText("Copied");
    assertThat((String) page.evaluate("navigator.clipboard.readText()"))
        .startsWith(address("/e/tides?t="))
        .contains("q=delays");
  }

  @Test
  void aWordFindsWhatBeginsSoWhileItIsTyped() {
    Page page = open("/");
    page.locator("#q").pressSequentially("country of gen");
    page.waitForURL(Pattern.compile("q=country\\+of\\+gen&typing=true"));
    assertThat(page.locator("#results")).containsText("all of: country, gen…");
    assertThat(page.locator("#results mark").first())
        .hasText(Pattern.compile("country of geniuses", Pattern.CASE_INSENSITIVE));
    assertThat(page.locator("#results .time").first())
        .hasAttribute("href", Pattern.compile("q=country(%20|\\+)of(%20|\\+)gen(\\*|%2A)"));
    page.locator("#results [data-key='kind:quote']").click();
    page.waitForURL(Pattern.compile("kind=quote.*typing=true"));
    assertThat(page.locator("#results mark").first()).isVisible();
    page.locator("#q").focus();
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("typing"));
    assertThat(page.locator("#results")).containsText("nothing has all of: country, gen");
  }

  @Test
  void resultsThatComeLateDoNotTakeTheFocusFromTheBox() {
    Page page = open("/?q=harbour");
    List<Route> held = new ArrayList<>();
    page.route(url -> url.contains("fragment=results"), held::add);
    page.locator(".facet[data-facet=show] .value").first().click();
    page.waitForCondition(() -> !held.isEmpty());
    page.locator("#q").focus();
    held.getFirst().resume();
    assertThat(page.locator(".chosen .chip")).hasCount(1);
    assertThat(page.locator("#q")).isFocused();
  }

  @Test
  void worksWithNoScript() {
    Page page = open("/?q=geniuses", wide().setJavaScriptEnabled(false));
    assertThat(page.locator("mark").first()).isVisible();
    page.locator("#q").fill("\"country of geniuses\"");
    page.locator("#search button").click();
    page.waitForURL(Pattern.compile("country"));
    assertThat(page.locator("mark").first())
        .hasText(Pattern.compile("country of geniuses", Pattern.CASE_INSENSITIVE));
    page.locator(".narrow-box > summary").evaluate("box => box.parentElement.open = true");
    page.locator("[data-key='kind:quote']").click();
    page.waitForURL(Pattern.compile("kind=quote"));
    assertThat(page.locator("[data-copy]").first()).isHidden();
    page.locator("a.time").first().click();
    assertThat(page.locator("h1")).containsText("Dario Amodei");
    page.locator("#within").fill("compute");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("q=compute"));
    assertThat(page.locator(".matches li").first()).isVisible();
    page.navigate(address("/trends?q=compute"));
    assertThat(page.locator(".numbers tbody tr").first()).isVisible();
  }

  @Test
  void textOfOthersIsTextWhateverItLooksLike() {
    Page page = open("/?q=lighthouse");
    assertThat(page.locator(".group h2:has-text('<img src=x onerror=')")).hasCount(1);
    assertThat(page.locator(".said").first()).containsText("lighthouse");
    for (String path :
        List.of(
            "/",
            "/?q=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E",
            "/e/hostile?q=lighthouse",
            "/speaker/%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E",
            "/trends?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E&by=speaker")) {
      page.navigate(address(path));
      complaints.removeIf(complaint -> complaint.contains("404"));
      assertThat(page.evaluate("window.hacked")).as(path).isNull();
      assertThat(page.locator("main img, main b:has-text('bold')")).hasCount(0);
    }
  }

  @Test
  void theFirstPageOfASearchIsLight() {
    Page page = open("/robots.txt");
    int[] bytes = new int[1];
    page.onRequestFinished(request -> bytes[0] += request.sizes().responseBodySize);
    page.navigate(address("/?q=exponential"));
    assertThat(page.locator("mark").first()).isVisible();
    // A page may be loaded before it is told that the last request has finished.
    page.waitForLoadState(LoadState.NETWORKIDLE);
    assertThat(bytes[0]).as("bytes over the wire").isBetween(5_000, MOST_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "home, /",
    "search, /?q=%22country+of+geniuses%22",
    "search-grouped, /?q=machine+people&group=episode",
    "search-moments, /?kind=quote&kind=price&sort=time",
    "search-nothing, /?q=xylophone+foo:bar&year=2026",
    "episode, /e/dario-amodei-2026?t=21:25&q=bullshit",
    "episode-audio, /e/tides?t=30&q=harbour",
    "speaker, /speaker/Dario%20Amodei",
    "show, /show/Dwarkesh%20Podcast",
    "topic, /topic/AGI%20Timelines",
    "shows, /shows",
    "speakers, /speakers?q=ines",
    "topics, /topics",
    "right-to-left, /e/rain?t=6&q=المطر",
    "search-right-to-left, /?q=المطر",
    "nothing-here, /?q=harbour&from=1990-01-01&to=1990-12-31",
    "lines, /?q=harbour&view=lines&by=left",
    "api, /api",
    "trends, /trends?q=compute",
    "trends-by-speaker, /trends?q=harbour&by=speaker",
  })
  void isReachableByEverybody(String name, String path) {
    for (boolean wide : List.of(true, false)) {
      Page page =
          open(
              path,
              wide
                  ? wide().setColorScheme(ColorScheme.LIGHT)
                  : narrow().setColorScheme(ColorScheme.DARK));
      int width = page.viewportSize().width;
      int overflow =
          ((Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
              .intValue();
      assertThat(overflow).as("pixels to scroll sideways at " + width).isLessThanOrEqualTo(0);
      AxeBuilder axe =
          new AxeBuilder(page)
              .withTags(
                  List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));
      if (!wide) {
        // Of all it looks for, only these are others in the dark and on a narrow screen.
        axe = new AxeBuilder(page).withRules(List.of("color-contrast", "target-size"));
      }
      AxeResults results = axe.analyze();
      assertThat(results.getViolations())
          .as(name + " " + width)
          .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
          .isEmpty();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String file = name + "-" + scheme.name().toLowerCase() + "-" + width + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)));
      }
      page.context().close();
    }
  }

  @Test
  void anUnknownAddressIsAPageThatHelps() {
    Page page = open("/");
    page.navigate(address("/e/nobody"));
    assertThat(page.locator("h1")).isVisible();
    assertThat(page.locator("body")).containsText("nobody");
    complaints.removeIf(complaint -> complaint.contains("404"));
  }
}

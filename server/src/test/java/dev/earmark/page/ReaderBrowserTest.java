package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads along, by thumb on a narrow screen, or with nothing but keys. */
class ReaderBrowserTest extends BrowserCase {
  private static final String TIME = "document.querySelector('audio').currentTime";

  private static Browser.NewContextOptions phone() {
    return new Browser.NewContextOptions()
        .setViewportSize(360, 640)
        .setHasTouch(true)
        .setIsMobile(true);
  }

  private static double scrollY(Page page) {
    return ((Number) page.evaluate("scrollY")).doubleValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"End", "PageDown", "bar"})
  void anyScrollOfTheReaderStopsTheFollowing(String way) {
    Page page = open("/e/tides", wide().setViewportSize(1280, 300));
    until(page, "document.querySelector('audio').readyState > 0");
    page.keyboard().press("Space");
    until(page, TIME + " > 0.5");
    if (way.equals("bar")) {
      page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    } else {
      page.keyboard().press(way);
    }
    Locator back = page.locator("#back");
    assertThat(back).isVisible();
    assertThat(back).hasText(Pattern.compile("Back to 0:0\\d"));
    // The browser may take some frames to scroll.
    page.evaluate(
        """
        () => new Promise(resolve => {
          let last = -1;
          let still = 0;
          const look = () => {
            still = scrollY === last ? still + 1 : 0;
            last = scrollY;
            still > 10 ? resolve() : requestAnimationFrame(look);
          };
          look();
        })\
        """);
    double there = scrollY(page);
    // The next turn begins, and nothing moves.
    page.evaluate("document.querySelector('audio').currentTime = 20.2");
    until(page, TIME + " > 20.5");
    assertThat(page.locator(".moment[aria-current]")).containsText("And before that machine");
    assertThat(scrollY(page)).isEqualTo(there);
    back.click();
    assertThat(back).isHidden();
    assertThat(page.locator(".moment[aria-current]")).isInViewport();
    page.evaluate("document.querySelector('audio').currentTime = 44.2");
    assertThat(page.locator(".moment:has-text('So a harbour')")).isInViewport();
    assertThat(back).isHidden();
  }

  @Test
  void aPhoneHasItAllBelowTheThumb() {
    Page page = open("/e/tides?q=harbour", phone());
    Locator deck = page.locator("#deck");
    assertThat(deck.locator(".deck-place")).hasText("–/4");
    deck.locator("[data-deck=next]").tap();
    assertThat(deck.locator(".deck-place")).hasText("1/4");
    deck.locator("[data-deck=next]").tap();
    deck.locator("[data-deck=previous]").tap();
    deck.locator("[data-deck=previous]").tap();
    assertThat(deck.locator(".deck-place")).hasText("4/4");
    until(page, TIME + " > 44");
    assertThat(deck.locator("[data-deck=play]")).hasAttribute("aria-label", "Pause");
    deck.locator("[data-deck=play]").tap();
    assertThat(deck.locator("[data-deck=play]")).hasAttribute("aria-label", "Play");
    double time = ((Number) page.evaluate(TIME)).doubleValue();
    deck.locator("[data-deck=back]").tap();
    until(page, "Math.abs(" + TIME + " - " + (time - 15) + ") < 0.2");
    deck.locator("[data-deck=rate]").tap();
    assertThat(deck.locator("[data-deck=rate]")).containsText("1.25×");
    assertThat((Double) page.evaluate("document.querySelector('audio').playbackRate"))
        .isEqualTo(1.25);
    deck.locator("[data-deck=more]").tap();
    page.locator("#deck-menu [data-deck=within]").tap();
    assertThat(page.locator("#within")).isFocused();
  }

  @Test
  void everythingToPressIsLargeEnoughForAThumb() {
    Page page = open("/e/tides?q=harbour", phone());
    for (Locator button : page.locator("#deck button:visible").all()) {
      assertThat(button.boundingBox().width).isGreaterThanOrEqualTo(40);
      assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44);
    }
  }

  @Test
  void filtersAreASheetThatEndsInHowMuchThereIs() {
    Page page = open("/?q=machine+people&match=any", phone());
    double before = page.locator(".found-head").boundingBox().y;
    page.locator(".narrow-box > summary").tap();
    Locator done = page.locator(".sheet-done");
    assertThat(done).isVisible();
    String all = done.textContent();
    page.locator("[data-key='show:Slow Instruments']").tap();
    page.waitForURL(Pattern.compile("show=Slow"));
    // The sheet stays, and counts anew.
    assertThat(page.locator(".sheet-done")).not().hasText(all);
    assertThat(done).isVisible();
    done.tap();
    assertThat(done).isHidden();
    assertThat(page.locator(".group h2")).hasText(new String[] {"How Tide Tables Were Made"});
    assertThat(page.locator(".found-head").boundingBox().y).isEqualTo(before);
    assertThat(page.locator(".group h2")).isInViewport();
    page.locator(".narrow-box > summary").tap();
    page.keyboard().press("Escape");
    assertThat(done).isHidden();
  }

  @Test
  void resultsAreGoneThroughByKeysAlone() {
    Page page = open("/");
    assertThat(page.locator("#q")).isFocused();
    page.keyboard().insertText("harbour");
    page.waitForURL(Pattern.compile("q=harbour"));
    page.keyboard().press("Escape");
    page.keyboard().press("Escape");
    assertThat(page.locator("#q")).hasValue("harbour");
    page.reload();
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip").first()).isFocused();
    assertThat(page.locator(".skip").first()).hasText("Skip to results");
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    assertThat(page.locator("h2:has-text('How Tide Tables') a").first()).isFocused();
    page.keyboard().press("j");
    assertThat(page.locator(".hit").first().locator(".time")).isFocused();
    page.keyboard().press("j");
    assertThat(page.locator(".hit").nth(1).locator(".time")).isFocused();
    page.keyboard().press("k");
    assertThat(page.locator(".hit").first().locator(".time")).isFocused();
    page.keyboard().press("p");
    until(page, "document.querySelector('.stage audio')?.currentTime > 0");
    assertThat(page.locator(".hit").first().locator("[data-play]"))
        .hasText(Pattern.compile("^\\s*Pause"));
    page.keyboard().press("p");
    assertThat(page.locator(".hit").first().locator("[data-play]"))
        .hasText(Pattern.compile("^\\s*Play"));
    page.keyboard().press("q");
    assertThat(page.locator("#quotation")).isVisible();
  }

  @Test
  void withoutAScriptItIsAllThereToo() {
    Page page = open("/?q=harbour", wide().setJavaScriptEnabled(false));
    assertThat(page.locator(".hit").first()).isVisible();
    assertThat(page.locator("[data-quote]:visible, #deck:visible, dialog:visible")).hasCount(0);
    page.locator(".hit .time").first().click();
    page.waitForURL(Pattern.compile("/e/tides\\?t=\\d+"));
    assertThat(page.locator("#q")).isVisible();
    assertThat(page.locator("h1")).hasText("How Tide Tables Were Made");
    assertThat(List.of(page.locator("audio").count())).containsExactly(1);
  }
}

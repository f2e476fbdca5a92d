package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.earmark.Foreign;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotations that can be printed: who said it, in which show, when, and what was left out. */
class QuotationBrowserTest extends BrowserCase {
  /** Selects from the first words to the last ones, wherever they stand in the transcript. */
  private static void select(Page page, String from, String to) {
    page.evaluate(
        """
        ([from, to]) => {
          const nodes = [];
          for (const text of document.querySelectorAll('.turn .text')) {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              nodes.push(walker.currentNode);
            }
          }
          const first = nodes.find(node => node.data.includes(from));
          const last = nodes.find(node => node.data.includes(to));
          const range = document.createRange();
          range.setStart(first, first.data.indexOf(from));
          range.setEnd(last, last.data.indexOf(to) + to.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }\
        """,
        List.of(from, to));
  }

  private static String quotation(Page page) {
    assertThat(page.locator("#quotation")).isVisible();
    return page.locator("#quotation-text").inputValue();
  }

  @Test
  void aQuotationIsCitedToTheSecond() throws Exception {
    Page page = open("/e/tides");
    select(page, "chain adds", "again for each");
    page.locator("#selected [data-take=quote]").click();
    for (String form : List.of("BibTeX", "RIS")) {
      page.locator("#quotation label:has-text('" + form + "')").click();
      JsonNode read = Foreign.read("citations", quotation(page));
      assertThat(read).as(form).hasSize(1);
      JsonNode cited = read.get(0);
      assertThat(cited.path("title").asText()).isEqualTo("How Tide Tables Were Made");
      assertThat(cited.path("author").toString()).contains("Tomas Okell").contains("Ines Marlow");
      assertThat(cited.path("author")).hasSize(2);
      assertThat(cited.at("/issued/date-parts").toString()).as(form).isEqualTo("[[2025,11,4]]");
      assertThat(cited.path("URL").asText()).contains("/e/tides?t=1").contains("chain");
      assertThat(cited.toString()).contains("at 0:1").contains("Slow Instruments");
    }
  }

  @Test
  void everySpeakerHasALineOfTheirOwn() {
    Page page = open("/e/tides");
    select(page, "chain adds", "again for each");
    page.locator("#selected [data-take=quote]").click();
    assertThat(quotation(page))
        .startsWith(
            """
            Tomas Okell: “[…] chain adds them up in every harbour.”
            Ines Marlow: “And before that machine, how long did people need for a table?”
            Tomas Okell: “Months. They had to do it again for each […]”
            — How Tide Tables Were Made, Slow Instruments, 4 Nov 2025, 0:1\
            """)
        .containsPattern("\nhttp://127.0.0.1:\\d+/e/tides\\?t=1\\d,\\d+&q=%22chain\\+adds");
    page.locator("#quotation label:has-text('Markdown')").click();
    assertThat(quotation(page))
        .startsWith("> **Tomas Okell**: “[…] chain adds them up in every harbour.”\n>\n> **Ines")
        .containsPattern(
            "> — \\[How Tide Tables Were Made\\]\\(http://\\S+\\), Slow Instruments, 4");
    page.locator("#quotation label:has-text('HTML')").click();
    assertThat(quotation(page))
        .startsWith("<blockquote cite=\"http://127.0.0.1:")
        .contains("<p><b>Ines Marlow</b>: “And before that machine")
        .contains("\">How Tide Tables Were Made</a>, Slow Instruments, 4 Nov 2025, 0:1");
  }

  @Test
  void halfAWordIsQuotedWhole() {
    Page page = open("/e/tides");
    select(page, "arbour is a li", "arbour is a li");
    page.keyboard().press("q");
    assertThat(quotation(page)).startsWith("“[…] harbour is a list […]”\n— Ines Marlow, How Tide");
  }

  @Test
  void aTurnIsQuotedWithItsButton() {
    Page page = open("/e/tides");
    page.locator(".turn").nth(1).hover();
    page.locator(".turn").nth(1).locator("[data-quote]").click();
    assertThat(quotation(page))
        .startsWith(
            "“Each wheel stands for one pull of the moon, and a chain adds them up in every")
        .contains("harbour.”\n— Tomas Okell, How Tide Tables Were Made, Slow Instruments, 4 Nov");
  }

  @Test
  void aHitIsQuotedWhereItStandsAndCopiedWithItsLink() {
    Page page =
        open(
            "/?q=%22each+wheel%22",
            wide().setPermissions(List.of("clipboard-read", "clipboard-write")));
    page.locator(".hit [data-quote]").first().click();
    page.keyboard().press("Enter");
    assertThat(page.locator("#quotation [data-take=copy]")).hasText("Copied");
    String quotation = (String) page.evaluate("navigator.clipboard.readText()");
    assertThat(quotation)
        .startsWith("“Each wheel stands for one pull")
        .contains(
            "\n— Tomas Okell, How Tide Tables Were Made, Slow Instruments, 4 Nov 2025, 0:06\n");
    String link = quotation.substring(quotation.lastIndexOf('\n') + 1);
    page.navigate(link);
    assertThat(page.locator(".notice")).hasCount(0);
    assertThat(page.locator(".moment[aria-current]")).containsText("Each wheel");
  }

  @Test
  void aHitThatRunsOnIntoAnotherSpeakersTurnQuotesOnlyItsOwnWords() {
    Page page = open("/?q=%22every+harbour+and+before%22");
    page.locator(".hit [data-quote]").first().click();
    assertThat(quotation(page))
        .contains("in every harbour.”\n— Tomas Okell")
        .doesNotContain("And before that machine");
  }

  @Test
  void aQuotationIsAPicture(@TempDir Path folder) throws IOException {
    Page page = open("/?q=%22each+wheel%22");
    page.locator(".hit [data-quote]").first().click();
    Download download =
        page.waitForDownload(() -> page.locator("#quotation [data-take=image]").click());
    assertThat(download.suggestedFilename()).isEqualTo("quotation.png");
    Path file = folder.resolve("quotation.png");
    download.saveAs(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1200);
    long dark = 0;
    for (int x = 20; x < image.getWidth(); x += 2) {
      for (int y = 0; y < image.getHeight(); y += 2) {
        dark += (image.getRGB(x, y) & 0xFF) < 0x80 ? 1 : 0;
      }
    }
    assertThat(dark).as("pixels of its words").isGreaterThan(2_000);
  }

  @Test
  void keysOfOneLetterCanBeSwitchedOff() {
    Page page = open("/e/tides?t=7");
    page.keyboard().press("?");
    page.locator("#single-keys").uncheck();
    page.keyboard().press("Escape");
    page.keyboard().press("q");
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    page.reload();
    page.keyboard().press("q");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    page.locator("[data-help]").click();
    page.locator("#single-keys").check();
    page.keyboard().press("Escape");
    page.keyboard().press("q");
    assertThat(quotation(page)).startsWith("“Each wheel");
  }

  @Test
  void theBarSaysWhichEpisodeItIsOnceTheTitleIsOutOfSight() {
    Page page = open("/e/tides", wide().setViewportSize(1280, 400));
    assertThat(page.locator("#here")).isHidden();
    page.navigate(address("/e/tides?t=44"));
    Locator here = page.locator("#here");
    assertThat(here).isVisible();
    assertThat(here).containsText("How Tide Tables Were Made");
    assertThat(here.locator(".facts")).hasText(Pattern.compile("Slow Instruments\\s+0:44"));
    assertThat(page.locator("#q")).isHidden();
    here.locator("button").click();
    assertThat(page.locator("#q")).isFocused();
    page.evaluate("scrollTo(0, 0)");
    assertThat(here).isHidden();
    assertThat(page.locator("#q")).isVisible();
  }
}

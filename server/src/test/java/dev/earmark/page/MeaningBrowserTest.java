package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.ConceptEmbedder;
import dev.earmark.search.Meanings;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is found by meaning, in a browser. */
class MeaningBrowserTest extends BrowserCase {
  private static final ConceptEmbedder MODEL =
      new ConceptEmbedder("harbour moorage haven", "barometer weatherglass", "table chart");

  private static final String QUESTION = "/?q=how+many+months+for+a+chart+of+each+moorage%3F";

  @BeforeAll
  static void knowMeanings() throws IOException {
    server.close();
    engine.close();
    Meanings.copy(folder.resolve("index"), folder.resolve("meanings"), MODEL, moment -> true);
    engine =
        LuceneSearchEngine.open(folder.resolve("meanings"), RankingParameters.DEFAULT, () -> MODEL);
    server = EarmarkServer.start(engine, 0);
  }

  @Test
  void whatNoWordMatchesIsMarkedAndCanBeLeftOut() {
    Page page = open("/?q=weatherglass+moorage&group=moment");
    assertThat(page.locator(".total strong")).containsText("near in meaning");
    Locator meant = page.locator(".hit .meant");
    assertThat(meant.first()).hasText("near in meaning");
    assertThat(meant.first()).isVisible();
    Locator modes = page.getByRole(AriaRole.NAVIGATION, named("Find by"));
    assertThat(modes.locator("a[aria-current]")).hasText("Words and meaning");
    // By keyboard, as a link.
    modes.getByText("Words", exactly()).focus();
    page.keyboard().press("Enter");
    page.waitForURL("**mode=words**");
    assertThat(page.locator(".empty h2")).hasText("Nothing was found");
    assertThat(page.locator(".hit .meant")).hasCount(0);
    page.getByRole(AriaRole.NAVIGATION, named("Find by")).getByText("Meaning", exactly()).click();
    page.waitForURL("**mode=meaning**");
    assertThat(page.locator(".hit .meant").first()).isVisible();
    page.goBack();
    assertThat(page.locator(".empty h2")).hasText("Nothing was found");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void episodesThatAreOnlyNearStandAmongTheOthers() {
    Page page = open("/?q=moorage");
    assertThat(page.locator(".group").first()).isVisible();
    assertThat(page.locator(".group .facts").first()).containsText("near in meaning");
    assertThat(page.locator(".lacking")).containsText("moments can be found by meaning");
  }

  @Test
  void aQuestionIsAnsweredByQuotationsAboveTheList() {
    Page page = open(QUESTION);
    Locator answer = page.locator("section.answer");
    assertThat(answer.locator("h2")).hasText("What was said to that");
    assertThat(answer.locator("blockquote").first())
        .hasText(
            "Months. They had to do it again for each harbour, since each has its own delays.");
    assertThat(answer.locator(".speaker").first()).hasText("Tomas Okell");
    Locator time = answer.locator("a.time").first();
    assertThat(time).hasText("0:30");
    time.click();
    page.waitForURL("**/e/tides?t=30**");
    assertThat(open("/?q=who+invented+spectacles+in+Florence%3F").locator("section.answer h2"))
        .hasText("Nothing here answers that");
    assertThat(open("/?q=harbour").locator("section.answer")).hasCount(0);
  }

  @Test
  void fromAHitOneGetsToWhatIsLikeItAndToWhoElseSpeaksOfIt() {
    Page page = open("/?q=staircase&group=moment");
    page.locator(".hit").first().getByText("More like this").click();
    assertThat(page.locator("h1")).hasText("More like this moment");
    assertThat(page.locator(".like"))
        .hasText("The first barometer was a tube of mercury on a staircase.");
    assertThat(page.locator(".hit .meant").first()).isVisible();
    page.getByText("Other people").click();
    assertThat(page.locator("h1")).hasText("Who else speaks of this");
    assertThat(page.locator(".group h2")).containsText(new String[] {"Odile Brandt"});
    assertThat(page.locator(".group h2").allInnerTexts()).doesNotContain("Pavel Drozd");
  }

  @Test
  void nothingIsWrongWithThePages() {
    String like =
        open("/?q=staircase&group=moment")
            .locator(".hit a[href^='/similar']")
            .first()
            .getAttribute("href");
    for (String path :
        List.of("/?q=weatherglass+moorage", QUESTION, like, like + "&group=speaker")) {
      for (int width : List.of(1280, 360)) {
        ColorScheme colours = width == 360 ? ColorScheme.DARK : ColorScheme.LIGHT;
        Page page =
            open(
                path,
                new Browser.NewContextOptions()
                    .setViewportSize(width, 800)
                    .setColorScheme(colours));
        String what = String.format(Locale.ROOT, "%s at %d, %s", path, width, colours);
        assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth <= 0"))
            .as(what)
            .isEqualTo(true);
        assertThat(new AxeBuilder(page).analyze().getViolations()).as(what).isEmpty();
        page.context().close();
      }
    }
  }
}

package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages as people meet them: a real browser, a real server, the seeds. */
class BrowserTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Corpora.index(folder, Corpora.SEEDS);
    engine = LuceneSearchEngine.open(folder);
    server = EarmarkServer.start(engine, 0);
    playwright = Playwright.create();
    String chromium = System.getenv("EARMARK_CHROMIUM");
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(chromium == null ? "/usr/bin/chromium" : chromium))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    playwright.close();
    server.close();
    engine.close();
  }

  @AfterEach
  void nothingWasComplainedOfAndNobodyElseAsked() {
    assertThat(complaints).as("console errors").isEmpty();
    assertThat(foreign).as("requests to others").isEmpty();
  }

  private Page open(String path, Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(address("")) && !request.url().startsWith("data:")) {
        foreign.add(request.url());
      }
    });
    page.navigate(address(path));
    return page;
  }

  private Page open(String path) {
    return open(path, new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  @Test
  void somebodyTypesAPhraseNarrowsAndLandsOnTheSecond() {
    Page page = open("/");
    page.locator("input[name=q]").first().fill("\"zero time for bullshit\"");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("q="));
    assertThat(page.locator("mark").first()).hasText("zero time for bullshit");
    page.getByText("Quotes", new Page.GetByTextOptions().setExact(true)).first().click();
    page.waitForURL(Pattern.compile("kind=quote"));
    page.locator("a[href*='t=1285']").first().click();
    page.waitForURL(Pattern.compile("/e/dario-amodei-2026\\?.*t=1285|t=1285.*"));
    assertThat(page.locator("body")).containsText("Enterprise Adoption and Revenue Growth");
    page.goBack();
    page.waitForURL(Pattern.compile("kind=quote"));
    assertThat(page.locator("mark").first()).hasText("zero time for bullshit");
  }

  @Test
  void worksWithNoScript() {
    Page page = open("/?q=geniuses", new Browser.NewContextOptions().setJavaScriptEnabled(false));
    assertThat(page.locator("mark").first()).isVisible();
    page.locator("input[name=q]").first().fill("\"country of geniuses\"");
    page.locator("button[type=submit], button:not([type])").first().click();
    page.waitForURL(Pattern.compile("country"));
    assertThat(page.locator("mark").first())
        .hasText(Pattern.compile("country of geniuses", Pattern.CASE_INSENSITIVE));
    page.locator("a[href^='/e/']").first().click();
    assertThat(page.locator("h1")).containsText("Dario Amodei");
  }

  @ParameterizedTest
  @CsvSource({
    "home, /",
    "search, /?q=%22country+of+geniuses%22",
    "search-grouped, /?q=exponential&group=episode",
    "search-nothing, /?q=xylophone",
    "episode, /e/dario-amodei-2026?t=21:25&q=bullshit",
  })
  void isReachableByEverybody(String name, String path) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1280, 390}) {
        Page page =
            open(
                path,
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    SCREENSHOTS.resolve(
                        name + "-" + scheme.name().toLowerCase() + "-" + width + ".png")));
        int overflow =
            ((Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .intValue();
        assertThat(overflow).as("pixels to scroll sideways at " + width).isLessThanOrEqualTo(0);
        AxeResults results = new AxeBuilder(page).analyze();
        assertThat(results.getViolations())
            .as(name + " " + scheme + " " + width)
            .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
            .isEmpty();
        page.context().close();
      }
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

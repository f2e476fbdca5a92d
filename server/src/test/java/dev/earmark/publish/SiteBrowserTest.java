package dev.earmark.publish;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.LoadState;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.earmark.Seeds;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.page.BrowserCase;
import dev.earmark.search.Corpora;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Numerals;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A published site in a real browser, below a path of a plain file server, the JDK's own: nothing
 * but files answers.
 */
@Tag("browser")
class SiteBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final int PHRASES = 400;

  /** What asks the site's own script, as {@code episode:ordinal@ms}, for each of some queries. */
  private static final String FIND =
      """
      async queries => {
        const { Finder } = await import(new URL('assets/finder.js', location.href));
        const finder = await Finder.open('./');
        const answers = [];
        for (const query of queries) {
          const found = await finder.find(query);
          const moments = [];
          for (const hit of found.hits) {
            const ms = await finder.timeOf(hit.moment, hit.places[0]);
            moments.push(finder.episodeOf(hit.moment).id + ':' + finder.moments.ordinal[hit.moment] + '@' + ms);
          }
          answers.push(moments.sort());
        }
        return answers;
      }
      """;

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static HttpServer server;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    SiteCorpus.write(folder.resolve("corpus"));
    Path golden = Corpora.ROOT.resolve("indexer/src/test/resources/golden");
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, folder.resolve("corpus"), golden);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    Path root = Files.createDirectories(folder.resolve("www"));
    Site.publish(engine, root.resolve("talks/site"), null, Site.LocalMedia.NONE);
    server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root.toRealPath(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    playwright = Playwright.create();
    browser = BrowserCase.launch(playwright);
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    playwright.close();
    server.stop(0);
    engine.close();
  }

  @AfterEach
  void nothingWasComplainedOf() {
    browser.contexts().forEach(BrowserContext::close);
    assertThat(complaints).as("errors, failed requests and requests to others").isEmpty();
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/talks/site/" + path;
  }

  private Page open(String path) {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
    context.setDefaultTimeout(60_000);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onResponse(response -> {
      if (response.status() >= 400) {
        complaints.add(response.status() + " " + response.url());
      }
    });
    page.onRequest(request -> {
      if (!request.url().startsWith(address("")) && !request.url().startsWith("data:")) {
        complaints.add("asked " + request.url());
      }
    });
    page.navigate(address(path));
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Test
  void aPhraseOverTwoCaptionsIsFoundNarrowedBySpeakerAndLandedOn() {
    Page page = open("index.html");
    page.locator("#q").fill("“machine of brass that could predict the sea”");
    page.locator("#q").press("Enter");
    page.waitForURL(Pattern.compile("search\\.html\\?q="));
    Locator hits = page.locator(".hit");
    assertThat(hits).hasCount(2);
    assertThat(hits.first().locator("mark")).not().hasCount(0);
    assertThat(page.locator("#total")).hasText("2 moments");
    picture(page, "site-search");
    page.locator("#narrow a", new Page.LocatorOptions().setHasText("Tomas Okell")).click();
    assertThat(hits).hasCount(1);
    assertThat(hits.first()).containsText("a machine of brass that could predict the sea");
    assertThat(hits.locator(".time")).hasText("0:27");
    page.goBack();
    assertThat(hits).hasCount(2);
    page.goForward();
    assertThat(hits).hasCount(1);
    hits.locator(".time").click();
    page.waitForURL(Pattern.compile("e/brass-tides\\.html\\?t=27&q=.*#m-\\d+"));
    assertThat(page.locator(".moment[aria-current]")).containsText("Each wheel stands");
    // The same place is listed beside the text, and the address still is that of the second.
    assertThat(page.locator(".matches a")).hasCount(2);
    assertThat(page.locator("#within")).hasValue("“machine of brass that could predict the sea”");
    page.waitForURL(Pattern.compile("t=27"));
    picture(page, "site-episode");
  }

  @Test
  void aLinkToASecondSetsThePlayer() {
    Page page = open("e/dario-amodei-2026.html?t=13:55");
    assertThat(page.locator(".player")).hasAttribute("data-source", Pattern.compile("start=835"));
    assertThat(page.locator(".facade")).hasAttribute("href", Pattern.compile("[?&]t=835s"));
    assertThat(page.locator(".moment[aria-current]")).hasCount(1);
  }

  @Test
  void searchInsideAnEpisodeAsksTheFiles() {
    Page page = open("e/brass-tides.html");
    page.locator("#within").fill("harbour");
    assertThat(page.locator(".matches a")).hasCount(4);
    assertThat(page.locator(".found-ticks .tick")).not().hasCount(0);
    page.locator(".matches a").last().click();
    page.waitForURL(Pattern.compile("t=\\d+&q=harbour"));
    page.locator(".found-here a").click();
    page.waitForURL(Pattern.compile("search\\.html\\?q=harbour"));
    assertThat(
            page.locator(".hit", new Page.LocatorOptions().setHasText("How Tide Tables Were Made")))
        .not()
        .hasCount(0);
  }

  @Test
  void wordsFormsFieldsAndBeginningsAreFound() {
    Page page = open("search.html?q=harbours");
    assertThat(page.locator("#total")).hasText("Nothing was found");
    // Forms of what is said here are found by any of them that is said.
    page.locator("#q").fill("harb* OR speaker:\"ines marlow\"");
    assertThat(page.locator(".hit").first()).containsText("harbour");
    assertThat(page.locator("#complaints")).containsText("OR");
    page.locator("#q").fill("email came");
    assertThat(page.locator(".hit")).hasCount(1);
    page.locator("#q").fill("\"email or email came\"");
    assertThat(page.locator(".hit")).hasCount(1);
    page.locator("#q").fill("harbour -machine speaker:\"Ines Marlow\"");
    assertThat(page.locator(".hit")).not().hasCount(0);
    page.locator("#q").fill("\"المطر كل صباح\"");
    assertThat(page.locator(".hit")).hasCount(1);
  }

  @Test
  void everyPageOfEveryKindStandsWithoutAServer() throws IOException {
    try (var files = Files.walk(folder.resolve("www/talks/site"))) {
      List<String> pages =
          files
              .map(file -> folder.resolve("www/talks/site").relativize(file).toString())
              .filter(name -> name.endsWith(".html"))
              .sorted()
              .toList();
      Map<String, String> oneOfAKind = new TreeMap<>();
      pages.forEach(name -> oneOfAKind.putIfAbsent(name.replaceAll("/.*", ""), name));
      assertThat(oneOfAKind.keySet()).contains("e", "speaker", "show", "topic", "episodes.html");
      for (String name : oneOfAKind.values()) {
        Page page = open(name);
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(page.locator("h1").count()).as(name).isPositive();
        page.context().close();
      }
    }
    Page hostile = open("e/hostile.html");
    assertThat(hostile.evaluate("window.hacked")).isNull();
    Page found = open("search.html?q=%22lighthouse%20img%22");
    assertThat(found.locator(".hit")).hasCount(1);
    assertThat(found.evaluate("window.hacked")).isNull();
    picture(found, "site-hostile");
  }

  /** Random phrases of all formats and languages, over captions, as they are written. */
  @Test
  void thePhrasesOfTheServerAreFoundAtTheSameSeconds() throws IOException {
    long seed = Seeds.seed();
    List<String> phrases = phrases(new Random(seed));
    Page page = open("index.html");
    @SuppressWarnings("unchecked")
    List<List<String>> answers = (List<List<String>>) page.evaluate(FIND, phrases);
    List<String> different = new ArrayList<>();
    int over = 0;
    for (int i = 0; i < phrases.size(); i++) {
      List<String> expected = server(phrases.get(i));
      over += expected.size();
      if (!expected.equals(answers.get(i))) {
        different.add(phrases.get(i) + ": " + expected + " but " + answers.get(i));
      }
    }
    System.out.println(
        "the same phrases: "
            + phrases.size()
            + ", moments: "
            + over
            + ", different: "
            + different.size());
    assertThat(different).as("the same again with -Dseed=" + seed).isEmpty();
  }

  private static List<String> server(String phrase) throws IOException {
    TreeSet<String> moments = new TreeSet<>();
    SearchRequest request =
        SearchRequest.of(phrase)
            .withNear(SearchRequest.Near.FALSE)
            .withLimit(SearchRequest.MOST_HITS);
    SearchPage page = engine.search(request);
    while (true) {
      for (Hit hit : page.hits()) {
        moments.add(hit.moment().episodeId() + ":" + hit.moment().ordinal() + "@" + hit.atMs());
      }
      if (page.next() == null) {
        return List.copyOf(moments);
      }
      page = engine.search(request.withCursor(page.next()));
    }
  }

  /** Two to six words in a row, also over the ends of moments, in quotation marks. */
  private static List<String> phrases(Random random) throws IOException {
    List<List<StoredMoment>> all = new ArrayList<>();
    TreeSet<String> languages = new TreeSet<>();
    for (EpisodeEntry entry : engine.episodes()) {
      List<StoredMoment> moments = engine.moments(entry.episode().id());
      moments.forEach(moment -> languages.add(Stemmer.primary(moment.language())));
      if (!moments.isEmpty()) {
        all.add(moments);
      }
    }
    List<String> phrases = new ArrayList<>();
    while (phrases.size() < PHRASES) {
      List<StoredMoment> moments = all.get(random.nextInt(all.size()));
      int at = random.nextInt(moments.size());
      String text = moments.get(at).moment().text();
      if (at + 1 < moments.size() && moments.get(at + 1).moment().continues()) {
        text += " " + moments.get(at + 1).moment().text();
      }
      Words words = Words.of(text);
      int length = 2 + random.nextInt(5);
      if (words.count() < length) {
        continue;
      }
      int first = random.nextInt(words.count() - length + 1);
      String phrase = text.substring(words.start(first), words.end(first + length - 1));
      if (isPlain(phrase, languages)) {
        phrases.add('"' + phrase + '"');
      }
    }
    return phrases;
  }

  /** The server reads numbers in words and digits as the same, the browser as they are written. */
  private static boolean isPlain(String phrase, TreeSet<String> languages) {
    for (String word : Words.of(phrase).folded()) {
      for (String language : languages) {
        if (Numerals.mayBegin(language, word)) {
          return false;
        }
      }
    }
    return phrase.chars().noneMatch(c -> "\"“”„«»″".indexOf(c) >= 0);
  }
}

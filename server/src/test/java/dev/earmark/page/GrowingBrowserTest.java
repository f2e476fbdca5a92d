package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.earmark.http.EarmarkServer;
import dev.earmark.http.ServerSettings;
import dev.earmark.index.IndexingProgress;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages while an index is filled: they grow, and what is looked at stays where it is. */
@Tag("browser")
class GrowingBrowserTest {
  @TempDir Path folder;

  private Path talk(String name, String date, int sentences) throws IOException {
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < sentences; i++) {
      captions.append(
          "\n00:%02d:00.000 --> 00:%02d:20.000\nThe lantern of %s, number %d.\n"
              .formatted(i, i, name, i));
    }
    Path talk = Files.createDirectories(folder.resolve("corpus").resolve(name));
    Files.writeString(talk.resolve(name + ".yaml"), "id: " + name + "\ndate: " + date + "\n");
    Files.writeString(talk.resolve(name + ".vtt"), captions.toString());
    return talk;
  }

  @Test
  void resultsGrowAndWhatIsLookedAtStays() throws Exception {
    Path index = folder.resolve("index");
    Corpora.index(index, talk("harbour", "2024-05-01", 30));
    AtomicReference<Optional<IndexingProgress.State>> reading =
        new AtomicReference<>(Optional.of(new IndexingProgress.State(1, 2, 150, null)));
    ServerSettings local = ServerSettings.local(0);
    ServerSettings settings =
        new ServerSettings(
            local.host(),
            local.port(),
            local.requestsPerSecond(),
            local.forwarded(),
            local.log(),
            local.admin(),
            local.patience(),
            reading::get,
            local.sources());
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index);
        EarmarkServer server = EarmarkServer.start(engine, settings);
        Playwright playwright = Playwright.create();
        Browser browser = BrowserCase.launch(playwright)) {
      Page page = browser.newContext(BrowserCase.wide()).newPage();
      page.navigate(
          "http://127.0.0.1:" + server.port() + "/?q=lantern&sort=newest&group=moment&limit=60");
      assertThat(page.locator("#reading")).containsText("1 of 2 episodes read");
      assertThat(page.locator(".hit")).hasCount(30);
      Locator looked = page.locator(".hit:has-text('number 20')");
      looked.evaluate("hit => scrollTo(0, hit.getBoundingClientRect().top + scrollY - 150)");
      double before = looked.boundingBox().y;
      looked.locator("a.time").focus();

      // A newer talk comes in above what is looked at.
      Corpora.index(index, talk("cove", "2025-05-01", 20));
      assertThat(page.locator(".hit")).hasCount(50);
      assertThat(looked.boundingBox().y).isCloseTo(before, Offset.offset(2.0));
      assertThat(looked.locator("a.time")).isFocused();
      assertThat(page.locator("#results")).containsText("50 moments");

      // What is marked with the mouse is not taken away: it is offered.
      looked.locator(".said").first().selectText();
      Corpora.index(index, talk("bay", "2025-06-01", 5));
      reading.set(Optional.empty());
      assertThat(page.locator("#reading")).containsText("Everything is read.");
      assertThat(page.locator("#reading a")).isVisible();
      assertThat(page.locator(".hit")).hasCount(50);
      page.evaluate("getSelection().removeAllRanges()");
      assertThat(page.locator(".hit")).hasCount(55);
      assertThat(page.locator("#reading a")).isHidden();
      assertThat(page.locator("#reading")).hasText(Pattern.compile("Everything is read"));
    }
  }
}

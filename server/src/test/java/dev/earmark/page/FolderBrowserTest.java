package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a folder says by itself, in a browser: transcripts to choose from, languages, corrections.
 */
class FolderBrowserTest extends BrowserCase {
  private static final List<String> ENGLISH =
      List.of(
          "Good morning all of you out there, and thank you for coming on such a day.",
          "At Gull Haven the crane is broken again, so everything was carried by hand.",
          "A rope forgives you once. The second time it parts, and you had better not stand"
              + " there.",
          "We learned it from the tide tables and from the old men on the pier.");
  private static final List<String> GERMAN =
      List.of(
          "Guten Morgen euch allen da draußen, und danke, dass ihr an so einem Tag kommt.",
          "In Gullhaven ist der Kran wieder kaputt, also wurde alles von Hand getragen.",
          "Ein Seil verzeiht dir einmal. Beim zweiten Mal reißt es, und dann steh besser nicht"
              + " da.",
          "Wir haben es aus den Gezeitentafeln und von den alten Männern auf dem Pier gelernt.");

  @BeforeAll
  static void startOverFolder() throws IOException {
    server.close();
    engine.close();
    Path corpus = Files.createDirectories(folder.resolve("quay"));
    Files.writeString(corpus.resolve("quay.en.vtt"), captions(ENGLISH));
    Files.writeString(corpus.resolve("quay.de.vtt"), captions(GERMAN));
    Files.writeString(corpus.resolve("quay.txt"), String.join("\n\n", ENGLISH));
    Files.writeString(
        corpus.resolve("quay.yaml"), "title: On the quay\nheard: {Gullhaven: [Gull Haven]}\n");
    Corpora.index(folder.resolve("quay-index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("quay-index"));
    server = EarmarkServer.start(engine, 0);
  }

  private static String captions(List<String> turns) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < turns.size(); i++) {
      vtt.append(
          "\n00:%02d.000 --> 00:%02d.000\n<v %s>"
              .formatted(10 * i, 10 * i + 9, i % 2 == 0 ? "Ada Quist" : "Ben Orr"));
      vtt.append(turns.get(i)).append('\n');
    }
    return vtt.toString();
  }

  @Test
  void twoLanguagesStandSideBySideWhereThereIsRoom() {
    Page page = open("/e/quay");
    Locator english = page.locator(".pair .one .text:has-text('A rope forgives')");
    Locator german = page.locator(".pair .other .text:has-text('Ein Seil verzeiht')");
    assertThat(english.boundingBox().y).isEqualTo(german.boundingBox().y);
    assertThat(german.boundingBox().x)
        .isGreaterThan(english.boundingBox().x + english.boundingBox().width);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("languages-wide.png")));
    page.locator("label[for=read-other]").click();
    assertThat(english).isHidden();
    assertThat(german).isVisible();
  }

  @Test
  void onANarrowScreenOneChoosesTheLanguage() {
    Page page = open("/e/quay", narrow());
    Locator english = page.locator(".pair .one .text").first();
    Locator german = page.locator(".pair .other .text").first();
    assertThat(english).isVisible();
    assertThat(german).isHidden();
    assertThat(page.locator("label[for=read-both]")).isHidden();
    page.locator("label[for=read-other]").click();
    assertThat(english).isHidden();
    assertThat(german).isVisible();
    page.locator(".languages").scrollIntoViewIfNeeded();
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("languages-narrow.png")));
  }

  @Test
  void theTranscriptToReadIsChosen() {
    Page page = open("/e/quay?q=rope");
    page.locator(".tracks a:has-text('quay.txt')").click();
    assertThat(page.locator(".tracks [aria-current]")).containsText("quay.txt");
    assertThat(page.locator(".document").first()).containsText("A rope forgives you once");
    assertThat(page.locator(".matches a")).hasCount(1);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("tracks.png")));
  }

  @Test
  void whatWasHeardStandsAHoverAway() {
    Page page = open("/e/quay?q=gullhaven");
    Locator word = page.locator(".pair .one abbr.heard");
    assertThat(word).hasText("Gullhaven");
    assertThat(word).hasAttribute("title", "Heard as: Gull Haven");
    assertThat(word).hasCSS("text-decoration-style", java.util.regex.Pattern.compile("dotted"));
    assertThat(page.locator(".matches a")).hasCount(2);
  }
}

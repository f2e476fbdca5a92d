package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from submitting a search to seeing what was found, in a real browser before a
 * real server, over real transcripts, or talks made of the seeds where those are not there: {@code
 * ./earmark test -Dtest=DrawMeasure -Dsurefire.failIfNoSpecifiedTests=false}. It measures and is no
 * test, so it runs only by its name.
 *
 * <p>Seen is what the frame paints that has the new results in it. The server's share is from when
 * the browser has sent the request to when the answer begins to come; all else is the browser's.
 * Each is asked once that was never asked before, and then again. To measure an index that is there
 * already, name its folder: {@code -Dearmark.draw.index=FOLDER}.
 */
@Tag("browser")
class DrawMeasure {
  private static final List<String> BEFORE =
      List.of(
          "database",
          "web framework",
          "\"my name is\"",
          "miners",
          "how does it work",
          "privacy",
          "editor",
          "data science notebook",
          "\"a lot of\"",
          "exchange",
          "teaching people to code",
          "wallet",
          "performance",
          "async await",
          "\"for example\"",
          "government money",
          "testing",
          "podcast");
  private static final List<String> MEASURED =
      List.of(
          "garbage collector",
          "taproot",
          "machine learning model",
          "\"open source\"",
          "memory leak",
          "python",
          "lightning network",
          "type hints",
          "\"the first time\"",
          "how to learn programming",
          "seed phrase",
          "docker",
          "inflation",
          "visual studio code",
          "\"at the end of the day\"",
          "quantum computing",
          "pandas",
          "node",
          "code review",
          "energy",
          "startup founders",
          "unit tests",
          "\"machine learning\"",
          "history");

  private static final String ASK =
      """
      async query => {
        const old = document.getElementById('results');
        const replaced = new Promise(done => {
          new MutationObserver((changes, observer) => {
            if (document.getElementById('results') !== old) {
              observer.disconnect();
              done();
            }
          }).observe(old.parentElement, { childList: true });
        });
        performance.clearResourceTimings();
        document.getElementById('q').value = query;
        const start = performance.now();
        document.getElementById('search').requestSubmit();
        await replaced;
        await new Promise(requestAnimationFrame);
        await new Promise(drawn => {
          const channel = new MessageChannel();
          channel.port1.onmessage = drawn;
          channel.port2.postMessage(0);
        });
        const all = performance.now() - start;
        const answer = performance.getEntriesByType('resource').find(one => one.name.includes('fragment='));
        return [all, answer.responseStart - answer.requestStart];
      }
      """;

  @TempDir static Path folder;

  /** One search, in milliseconds. */
  private record Drawn(double all, double server) {}

  @Test
  void aSearchIsAnsweredAndDrawn() throws IOException {
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index());
        EarmarkServer server = EarmarkServer.start(engine, 0);
        Playwright playwright = Playwright.create();
        Browser browser = BrowserCase.launch(playwright)) {
      EarmarkServer.warmUp(engine);
      Page page = browser.newContext(BrowserCase.wide()).newPage();
      page.navigate("http://127.0.0.1:" + server.port() + "/?q=language");
      ask(page, BEFORE);
      List<Drawn> first = ask(page, MEASURED);
      List<Drawn> again = ask(page, MEASURED);
      System.out.printf(
          Locale.ROOT, "figures: DrawMeasure: %,d moments%n", engine.status().moments());
      print("first", first);
      print("again", again);
      assertThat(page.locator(".found .group").count()).isPositive();
    }
  }

  private static Path index() throws IOException {
    String made = System.getProperty("earmark.draw.index");
    if (made != null) {
      return Path.of(made);
    }
    List<Path> transcripts =
        List.of(
            Corpora.SHARED.resolve("corpora/talkpython"),
            Corpora.SHARED.resolve("corpora/bitcoin"));
    if (!transcripts.stream().allMatch(Files::isDirectory)) {
      Path talks = folder.resolve("talks");
      new MadeTalks(20_261_128).write(talks, "Made", 1_000, 9_000);
      System.out.println("there are no real transcripts in " + transcripts + "; talks are made");
      transcripts = List.of(talks);
    }
    Path index = folder.resolve("index");
    Corpora.index(index, transcripts.toArray(Path[]::new));
    return index;
  }

  private static List<Drawn> ask(Page page, List<String> queries) {
    List<Drawn> drawn = new ArrayList<>();
    for (String query : queries) {
      List<?> times = (List<?>) page.evaluate(ASK, query);
      drawn.add(
          new Drawn(((Number) times.get(0)).doubleValue(), ((Number) times.get(1)).doubleValue()));
      // What is put in place after the rest is no part of the next.
      page.evaluate("() => new Promise(done => setTimeout(done, 200))");
    }
    return drawn;
  }

  private static void print(String what, List<Drawn> drawn) {
    System.out.printf(
        Locale.ROOT,
        "figures: DrawMeasure.%s: %.0f | %.0f | %.0f | %.0f%n",
        what,
        at(drawn, .5, Drawn::all),
        at(drawn, .9, Drawn::all),
        at(drawn, .5, Drawn::server),
        at(drawn, .5, one -> one.all() - one.server()));
  }

  private static double at(List<Drawn> drawn, double share, ToDoubleFunction<Drawn> of) {
    double[] sorted = drawn.stream().mapToDouble(of).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }
}

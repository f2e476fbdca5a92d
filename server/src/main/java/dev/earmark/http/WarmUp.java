package dev.earmark.http;

import dev.earmark.page.Pages;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.Words;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what people are likely to ask, and drops the answers: the first searches of a process load
 * classes, read columns of the index and run uncompiled, which takes ten times as long.
 *
 * <p>The questions are words and phrases of the index itself, asked as pages and as JSON, until a
 * second of a core was spent on it or all have been asked.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** On a busy machine a second of a core takes longer; somebody has come by then. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int ROUNDS = 10;

  private final SearchEngine engine;
  private final Pages pages = new Pages();
  private final long start = System.nanoTime();
  private final long spentBefore = spent();

  WarmUp(SearchEngine engine) {
    this.engine = engine;
  }

  void run() {
    try {
      SearchPage all = engine.search(SearchRequest.of(""));
      List<String> questions = questions(all.hits());
      for (int round = 0; round < ROUNDS; round++) {
        for (String question : questions) {
          if (isOver()) {
            return;
          }
          ask(SearchRequest.of(question));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("warming up failed; the first search will say why", e);
    }
  }

  private boolean isOver() {
    return spent() - spentBefore > MOST_NANOS || System.nanoTime() - start > PATIENCE_NANOS;
  }

  /** The time of a core that this thread has taken; where that is not told, the time. */
  private static long spent() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** A word, two, and a phrase of each of some hits. */
  private static List<String> questions(List<Hit> hits) {
    List<String> questions = new ArrayList<>();
    for (Hit hit : hits) {
      Words words = Words.of(hit.moment().moment().text());
      int at = words.count() / 2;
      if (at > 1) {
        String phrase = words.folded(at - 1) + ' ' + words.folded(at);
        questions.add(words.folded(at));
        questions.add(phrase);
        questions.add('"' + phrase + '"');
      }
    }
    return questions;
  }

  private void ask(SearchRequest request) throws IOException {
    SearchRequest byEpisode =
        request
            .groupedByEpisode()
            .withLimit(Pages.usualLimit(true))
            .withMode(SearchRequest.Mode.AUTO);
    SearchPage page = engine.search(byEpisode);
    List<String> ids = page.groups().stream().map(group -> group.episode().id()).toList();
    String html = pages.search(byEpisode, page, engine.outlines(byEpisode, ids), Map.of(), null);
    String json = ApiJson.write(engine.search(request), false);
    LOG.trace("warmed up with {} letters", html.length() + json.length());
  }
}

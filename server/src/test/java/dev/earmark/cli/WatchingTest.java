package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.CorpusLocation;
import dev.earmark.search.Corpora;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New content shows in an engine that is open, whoever wrote it. */
class WatchingTest {
  private static final String VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n%s\n";

  @TempDir Path folder;

  /** How long until a word is found so many times, in milliseconds. */
  private static long until(LuceneSearchEngine engine, String word, long total)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (engine.search(SearchRequest.of('"' + word + '"')).total() != total) {
      assertThat(System.nanoTime() - start)
          .as("waited in vain for %d × %s", total, word)
          .isLessThan(TimeUnit.SECONDS.toNanos(60));
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Test
  void whatChangesShowsWithoutARestart() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Path index = folder.resolve("index");
    Files.writeString(corpus.resolve("a.vtt"), VTT.formatted("apricot"));
    Files.writeString(corpus.resolve("b.vtt"), VTT.formatted("blueberry"));
    Corpora.index(index, corpus);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index);
        Watching watching =
            new Watching(
                List.of(CorpusLocation.of(corpus.toString())),
                new IndexPlace.Folder(index),
                false,
                Meaning.of("off", new IndexPlace.Folder(index), System.err))) {
      watching.begin();
      Files.writeString(corpus.resolve("c.vtt"), VTT.formatted("cranberry"));
      long madeMs = until(engine, "cranberry", 1);
      Files.writeString(corpus.resolve("a.vtt"), VTT.formatted("almond"));
      long changedMs = until(engine, "almond", 1);
      assertThat(until(engine, "apricot", 0)).isNotNegative();
      Files.delete(corpus.resolve("b.vtt"));
      long goneMs = until(engine, "blueberry", 0);
      Files.writeString(corpus.resolve("bad.vtt"), "");
      Files.writeString(corpus.resolve("d.vtt"), VTT.formatted("damson"));
      assertThat(until(engine, "damson", 1)).isNotNegative();
      System.out.printf(
          "figures: WatchingTest: a new file after %d ms, a changed one %d ms, a deleted one %d"
              + " ms%n",
          madeMs, changedMs, goneMs);
    }
  }

  @Test
  void whatAnotherProcessIndexesShowsToo() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Path index = folder.resolve("index");
    Files.writeString(corpus.resolve("a.vtt"), VTT.formatted("apricot"));
    Corpora.index(index, corpus);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      Files.writeString(corpus.resolve("b.vtt"), VTT.formatted("blueberry"));
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "index",
                  corpus.toString(),
                  "--index",
                  index.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(other.getInputStream().readAllBytes());
      assertThat(other.waitFor()).as(said).isZero();
      System.out.printf(
          "figures: WatchingTest.other: another process's after %d ms%n",
          until(engine, "blueberry", 1));
    }
  }
}

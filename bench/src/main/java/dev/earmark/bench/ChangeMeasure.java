package dev.earmark.bench;

import dev.earmark.index.IndexSummary;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a change costs in an index that is there: looking through files of which none has changed,
 * and adding an episode until a search engine that runs beside finds it by itself.
 */
final class ChangeMeasure {
  private static final long GIVE_UP_NANOS = 120_000_000_000L;

  /** No episode has such a number or says such a word. */
  private static final int NUMBER = 900_000;

  static final String NOTHING = "nothing changed";
  static final String ONE = "one episode added, it alone named";

  private ChangeMeasure() {}

  /**
   * Adds a row for each change; the index is left as it was.
   *
   * @param table has two columns: how many episodes had to be looked at, and seconds
   */
  static void measure(
      Report.Table table, EpisodeMaker maker, Path input, Indexes indexes, Workspace workspace)
      throws IOException {
    Stopwatch watch = Stopwatch.start();
    IndexSummary same = Searches.index(indexes.earmark(), List.of(input));
    table.row(NOTHING, same.unchanged(), watch.seconds());
    Path one = workspace.folder("one");
    Path other = workspace.folder("other");
    added(table, ONE, maker, indexes, one, List.of(one));
    added(table, "one episode added, all named", maker, indexes, other, List.of(input, other));
  }

  private static void added(
      Report.Table table,
      String name,
      EpisodeMaker maker,
      Indexes indexes,
      Path folder,
      List<Path> paths)
      throws IOException {
    Files.createDirectories(folder);
    int number = NUMBER + table.rows().size();
    String word = "quillixandor" + table.rows().size();
    var unused = maker.write(folder, number, word);
    SearchRequest request = SearchRequest.of('"' + word + '"');
    try (EarmarkContender contender = indexes.openEarmark()) {
      if (contender.engine().search(request).total() > 0) {
        throw new IOException("\"" + word + "\" is found before it was added");
      }
      Stopwatch watch = Stopwatch.start();
      IndexSummary summary = Searches.index(indexes.earmark(), paths);
      long since = System.nanoTime();
      while (contender.engine().search(request).total() == 0) {
        if (System.nanoTime() - since > GIVE_UP_NANOS) {
          throw new IOException("\"" + word + "\" was added and is not found");
        }
        Thread.sleep(1);
      }
      table.row(name, summary.unchanged() + summary.added(), watch.seconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("waiting was interrupted", e);
    }
    try (LuceneIndexSink sink = LuceneIndexSink.open(indexes.earmark())) {
      sink.remove(EpisodeMaker.stem(number));
      sink.commit();
    }
  }
}

package dev.earmark.bench;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.search.SearchEngine;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Indexes and searches the same input with Earmark, bare Lucene and SQLite. */
@Command(
    name = "speed",
    description = {
      "How fast the index is made and searched, beside what could be had instead.",
      "Earmark reads the files, gives all facets, snippets and times; the floor is bare Lucene",
      "over the same segments, already read, with two facets; FTS5 is SQLite, a row a caption."
    })
final class SpeedCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--corpus",
      defaultValue = "talkpython",
      description = "The folder within the corpora to index (default: ${DEFAULT-VALUE}).")
  private String corpus = "talkpython";

  @Option(
      names = "--searches",
      defaultValue = "200",
      description = "How many searches of each kind (default: ${DEFAULT-VALUE}).")
  private int searches = 200;

  @Override
  public Integer call() throws IOException {
    Path input = options.corpora().resolve(corpus);
    Report report = new Report();
    try (Workspace workspace = Workspace.create()) {
      Path ours = workspace.folder("earmark");
      Path floor = workspace.folder("lucene");
      Path captions = workspace.folder("captions.db");
      Report.Table indexing =
          report.table(
              "Indexing " + corpus, "words", "seconds", "words/s", "peak heap MB", "bytes/word");
      long words = indexOurs(indexing, input, ours);
      List<StoredMoment> moments = moments(ours);
      timed(indexing, "floor: bare Lucene", words, floor, () -> LuceneFloor.index(floor, moments));
      Map<String, List<Cue>> cues = cues(ours);
      timed(indexing, "SQLite FTS5", words, captions, () -> SqliteCaptions.index(captions, cues));
      ratio(indexing, "Earmark / floor", "Earmark", "floor: bare Lucene");
      parts(report.table("Bytes a word by part", "Earmark", "floor"), words, ours, floor);
      search(report, moments, ours, floor, captions);
    }
    options.print(report);
    return 0;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static long indexOurs(Report.Table table, Path input, Path index) throws IOException {
    IndexSummary[] summary = new IndexSummary[1];
    Work work =
        () -> {
          try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
            summary[0] = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(input));
          }
        };
    double seconds = seconds(work);
    long words = summary[0].words();
    row(table, "Earmark", words, seconds, index);
    return words;
  }

  private static void timed(Report.Table table, String name, long words, Path index, Work work)
      throws IOException {
    row(table, name, words, seconds(work), index);
  }

  private static void row(Report.Table table, String name, long words, double seconds, Path index)
      throws IOException {
    table.row(
        name,
        (double) words,
        seconds,
        Math.rint(words / seconds),
        (double) (peakHeap() >> 20),
        (double) Workspace.bytes(index) / words);
  }

  private static double seconds(Work work) throws IOException {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** At most: the pools need not have peaked together, and what is garbage counts too. */
  private static long peakHeap() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static void ratio(Report.Table table, String name, String one, String other) {
    List<Double> first = table.rows().getOrDefault(one, List.of());
    List<Double> second = table.rows().getOrDefault(other, List.of());
    double[] ratios = new double[first.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = first.get(i) / second.get(i);
    }
    table.row(name, ratios);
  }

  private static void parts(Report.Table table, long words, Path ours, Path floor)
      throws IOException {
    Map<String, Long> oursByPart = IndexParts.of(ours);
    Map<String, Long> floorByPart = IndexParts.of(floor);
    oursByPart.forEach((part, bytes) ->
        table.row(
            part, (double) bytes / words, (double) floorByPart.getOrDefault(part, 0L) / words));
  }

  private static List<StoredMoment> moments(Path index) throws IOException {
    List<StoredMoment> moments = new ArrayList<>();
    try (EarmarkContender contender = EarmarkContender.open(index)) {
      SearchEngine engine = contender.engine();
      for (EpisodeEntry episode : engine.episodes()) {
        moments.addAll(engine.moments(episode.episode().id()));
      }
    }
    return moments;
  }

  /** The captions of every episode as its file gives them. */
  private static Map<String, List<Cue>> cues(Path index) throws IOException {
    Map<String, List<Cue>> captions = new LinkedHashMap<>();
    try (EarmarkContender contender = EarmarkContender.open(index)) {
      for (EpisodeEntry episode : contender.engine().episodes()) {
        Path file = Path.of(episode.origin());
        RawSource raw = new RawSource(file.getFileName().toString(), Files.readAllBytes(file));
        Optional<SourceFormat> format = Formats.recognise(raw);
        if (format.isPresent()) {
          captions.put(
              episode.episode().id(),
              format.get().read(raw, new ProblemLog(file.toString())).cues());
        }
      }
    } catch (SourceException e) {
      throw new IOException("what could be indexed cannot be read", e);
    }
    return captions;
  }

  private void search(
      Report report, List<StoredMoment> moments, Path ours, Path floor, Path captions)
      throws IOException {
    Report.Table table =
        report.table(
            "Searching, ms",
            "Earmark p50",
            "p99",
            "hits",
            "floor p50",
            "p99 floor",
            "hits floor",
            "FTS5 p50",
            "p99 FTS5",
            "p50 / floor",
            "p50 FTS5 / Earmark");
    try (Contender earmark = EarmarkContender.open(ours);
        Contender lucene = LuceneFloor.open(floor);
        Contender sqlite = SqliteCaptions.open(captions)) {
      for (Ask.Kind kind : Ask.Kind.values()) {
        List<Ask> asks = Workload.of(moments, kind, searches);
        Latencies a = Latencies.of(earmark, asks);
        Latencies b = Latencies.of(lucene, asks);
        Latencies c = Latencies.of(sqlite, asks);
        table.row(
            kind.title,
            a.milliseconds(.5),
            a.milliseconds(.99),
            a.hits(),
            b.milliseconds(.5),
            b.milliseconds(.99),
            b.hits(),
            c.milliseconds(.5),
            c.milliseconds(.99),
            a.milliseconds(.5) / b.milliseconds(.5),
            c.milliseconds(.5) / a.milliseconds(.5));
      }
    }
  }
}

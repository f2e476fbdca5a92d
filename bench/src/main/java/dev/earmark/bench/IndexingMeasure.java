package dev.earmark.bench;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Cue;
import dev.earmark.model.TimeMap;
import dev.earmark.search.SearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes an index of the same input with each contender: how fast, in how much memory, how large.
 *
 * <p>Earmark reads files. The others are given what they index, some episodes at a time, and
 * reading that is off the clock; it counts for the memory, and bare Lucene may merge meanwhile. All
 * have indexed some episodes before, as a server that indexes has.
 */
final class IndexingMeasure {
  private static final int EPISODES_AT_A_TIME = 100;

  /** So many episodes are indexed before the clock starts. */
  private static final int WARM_UP = 60;

  private final Report.Table table;
  private final Indexes indexes;
  private final double words;

  private IndexingMeasure(Report.Table table, Indexes indexes, double words) {
    this.table = table;
    this.indexes = indexes;
    this.words = words;
  }

  /** Indexes all and adds the tables. */
  static void measure(Report report, String name, Path input, Indexes indexes) throws IOException {
    warmUp(input);
    measure(report, name, List.of(input), indexes);
  }

  /** Has the code of all compiled, so that none is slower for being the first. */
  private static void warmUp(Path input) throws IOException {
    List<Path> some;
    try (Stream<Path> all = Files.walk(input)) {
      some = all.filter(file -> file.toString().endsWith(".vtt")).sorted().limit(WARM_UP).toList();
    }
    try (Workspace workspace = Workspace.create()) {
      measure(new Report(), "some", some, Indexes.in(workspace));
    }
  }

  private static void measure(Report report, String name, List<Path> input, Indexes indexes)
      throws IOException {
    Report.Table table =
        report.table(
            "Indexing " + name,
            "moments",
            "words",
            "seconds",
            "words/s",
            "peak heap MB",
            "bytes/word");
    Stopwatch watch = Stopwatch.start();
    IndexSummary summary = Searches.index(indexes.earmark(), input);
    IndexingMeasure measure = new IndexingMeasure(table, indexes, summary.words());
    double moments = summary.moments();
    measure.row("Earmark", moments, watch, indexes.earmark());
    try (Contender.Filling floor = LuceneFloor.fill(indexes.floor())) {
      measure.row("floor: bare Lucene", moments, measure.fill(floor, true), indexes.floor());
    }
    try (Contender.Filling captions = SqliteCaptions.fill(indexes.captions())) {
      measure.row("SQLite FTS5", Double.NaN, measure.fill(captions, false), indexes.captions());
    }
    ratio(table, "Earmark / floor", "Earmark", "floor: bare Lucene");
    ratio(table, "Earmark / FTS5", "Earmark", "SQLite FTS5");
    measure.parts(report.table("Bytes a word by part", "Earmark", "floor"));
  }

  private void row(String name, double moments, Stopwatch watch, Path index) throws IOException {
    double seconds = watch.seconds();
    table.row(
        name,
        moments,
        words,
        seconds,
        Math.rint(words / seconds),
        Stopwatch.peakHeapMegabytes(),
        Workspace.bytes(index) / words);
  }

  private Stopwatch fill(Contender.Filling filling, boolean moments) throws IOException {
    Stopwatch watch = Stopwatch.start();
    watch.pause();
    try (EarmarkContender earmark = indexes.openEarmark()) {
      List<EpisodeEntry> episodes = earmark.engine().episodes();
      for (int from = 0; from < episodes.size(); from += EPISODES_AT_A_TIME) {
        int to = Math.min(episodes.size(), from + EPISODES_AT_A_TIME);
        Contender.Batch batch =
            moments
                ? moments(earmark.engine(), episodes.subList(from, to))
                : captions(episodes.subList(from, to));
        watch.resume();
        filling.add(batch);
        watch.pause();
      }
    }
    watch.resume();
    filling.commit();
    watch.pause();
    return watch;
  }

  private static Contender.Batch moments(SearchEngine engine, List<EpisodeEntry> episodes)
      throws IOException {
    List<StoredMoment> moments = new ArrayList<>();
    for (EpisodeEntry entry : episodes) {
      moments.addAll(engine.moments(entry.episode().id()));
    }
    return new Contender.Batch(moments, Map.of());
  }

  private static Contender.Batch captions(List<EpisodeEntry> episodes) throws IOException {
    Map<String, List<Cue>> captions = new LinkedHashMap<>();
    for (EpisodeEntry entry : episodes) {
      captions.put(entry.episode().id(), Speech.cues(captionsOf(entry)));
    }
    return new Contender.Batch(List.of(), captions);
  }

  /** An episode's origin is its file, or that without its ending if a manifest lies beside it. */
  private static Path captionsOf(EpisodeEntry entry) {
    Path origin = Path.of(entry.origin());
    String captions = entry.sources().getFirst().name();
    return origin.endsWith(captions) ? origin : origin.resolveSibling(captions);
  }

  private static void ratio(Report.Table table, String name, String one, String other) {
    List<Double> first = table.rows().getOrDefault(one, List.of());
    List<Double> second = table.rows().getOrDefault(other, List.of());
    double[] ratios = new double[first.size()];
    for (int i = 0; i < ratios.length; i++) {
      boolean count = i < 2;
      ratios[i] = count ? Double.NaN : first.get(i) / second.get(i);
    }
    table.row(name, ratios);
  }

  private void parts(Report.Table parts) throws IOException {
    Map<String, Long> ours = IndexParts.of(indexes.earmark());
    Map<String, Long> floor = IndexParts.of(indexes.floor());
    ours.forEach(
        (part, bytes) -> parts.row(part, bytes / words, floor.getOrDefault(part, 0L) / words));
    parts.row("times of words, within stored", timeMapBytes() / words, Double.NaN);
  }

  /** What the times of words take before they are packed, which they hardly can be. */
  private double timeMapBytes() throws IOException {
    double bytes = 0;
    try (EarmarkContender earmark = indexes.openEarmark()) {
      for (EpisodeEntry entry : earmark.engine().episodes()) {
        for (StoredMoment moment : earmark.engine().moments(entry.episode().id())) {
          TimeMap times = moment.moment().times();
          bytes += times == null ? 0 : times.toBytes().length;
        }
      }
    }
    return bytes;
  }
}

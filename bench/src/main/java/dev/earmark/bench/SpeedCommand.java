package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Indexes and searches the same input with Earmark, bare Lucene and SQLite. */
@Command(
    name = "speed",
    description = {
      "How fast an index is made, searched and changed, beside Lucene alone and SQLite.",
      "Earmark reads the files, gives all facets, snippets and times; the floor is bare Lucene",
      "over the same segments, already read, with two facets; FTS5 is SQLite, a row a caption.",
      "Cold: the first search of an index just opened, opening included; its files are in the",
      "system's cache and the code is compiled. What a process costs is measured by start.",
      "Over HTTP: beside bare Lucene behind a server that answers with as many bytes; what was never",
      "asked before, and the same again. Last the largest pages of the index."
    })
final class SpeedCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--moments",
      paramLabel = "N",
      description = "Measure on generated episodes with about so many moments instead.")
  private long moments;

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many searches of each kind at most (default: ${DEFAULT-VALUE}).")
  private int searches = 200;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Leave all in FOLDER; what is there from before is taken and not made again.")
  private @Nullable Path keep;

  @Override
  public Integer call() throws IOException {
    Report report = new Report();
    try (Workspace workspace = keep == null ? Workspace.create() : Workspace.kept(keep)) {
      Path input = moments > 0 ? workspace.folder("episodes") : corpus.folder(options);
      String name = moments > 0 ? "about " + moments + " moments" : corpus.name();
      if (moments > 0 && !Files.exists(input)) {
        options.say("making episodes");
        var unused = CorpusOptions.generate(corpus.maker(options), input, moments);
      }
      Indexes indexes = Indexes.in(workspace);
      if (!Files.exists(indexes.captions())) {
        options.say("indexing");
        IndexingMeasure.measure(report, name, input, indexes);
      }
      Map<Ask.Kind, List<Ask>> asks;
      try (EarmarkContender contender = indexes.openEarmark()) {
        asks = Workload.of(contender.engine(), searches);
      }
      options.say("searching");
      SearchingMeasure.measure(report, indexes, asks);
      options.say("searching over HTTP");
      HttpMeasure.measure(report, indexes, asks);
      options.say("asking for the largest pages");
      PageMeasure.measure(report, indexes, asks);
      options.say("changing");
      ChangeMeasure.measure(
          report.table("Changes", "episodes looked at", "seconds"),
          corpus.maker(options),
          input,
          indexes,
          workspace);
    }
    options.print(report);
    return 0;
  }
}

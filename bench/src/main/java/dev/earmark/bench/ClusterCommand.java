package dev.earmark.bench;

import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.opensearch.OpenSearchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Indexes and searches the same transcripts embedded and in clusters. */
@Command(
    name = "cluster",
    description = {
      "What a cluster of OpenSearch costs beside the embedded index: indexing, bytes and documents",
      "a shard, heap of the nodes, and searches asked for the first time and again. It starts its",
      "own nodes on this machine, which share its cores, unless it is told of a cluster; the index",
      "that is named there must not be there yet, and is deleted afterwards."
    })
final class ClusterCommand implements Callable<Integer> {
  /** Room for a state of each of many shards; a node keeps 300 if it is not told. */
  private static final int STATES = 10_000;

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,3",
      description = "Of how many nodes to start clusters, one after another (default: 1,3).")
  private List<Integer> nodes = List.of(1, 3);

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "1024",
      description = "The heap of a node that is started (default: ${DEFAULT-VALUE}).")
  private int heap = 1_024;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Into how many parts the index is divided (default: as Earmark does).")
  private @Nullable Integer shards;

  @Option(
      names = "--opensearch",
      split = ",",
      paramLabel = "URL",
      description = "The nodes of a cluster to take instead: http(s)://HOST:PORT/NAME.")
  private List<String> addresses = List.of();

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many searches of each kind (default: ${DEFAULT-VALUE}).")
  private int searches = 100;

  @Option(
      names = "--indices",
      paramLabel = "N",
      description = {
        "Puts the same episodes into N indices as well, and asks an alias over them beside the one",
        "index; each is divided as --shards says."
      })
  private int indices;

  @Option(
      names = "--built",
      hidden = true,
      paramLabel = "FOLDER",
      defaultValue = "${env:EARMARK_CLUSTER:-server/cluster/target}",
      description = "Where what starts nodes was built.")
  private Path built = Path.of("server/cluster/target");

  @Option(
      names = "--moments",
      paramLabel = "N",
      description =
          "Makes episodes of the transcripts for about so many moments (default: takes them as they"
              + " are).")
  private long moments;

  @Override
  public Integer call() throws IOException {
    Report report = new Report();
    try (Workspace workspace = Workspace.create()) {
      Path folder = moments == 0 ? corpus.folder(options) : workspace.folder("made");
      if (moments > 0) {
        var unused = CorpusOptions.generate(corpus.maker(options), folder, moments);
      }
      ClusterMeasure measure =
          new ClusterMeasure(
              report, options, folder, workspace.folder("earmark"), searches, indices);
      if (addresses.isEmpty()) {
        startAndMeasure(measure);
      } else {
        measure.cluster("cluster", settings(addresses), () -> {}, (settings, asks) -> {});
      }
    }
    options.print(report);
    return 0;
  }

  private void startAndMeasure(ClusterMeasure measure) throws IOException {
    if (!Files.isRegularFile(built.resolve("classpath"))) {
      throw options.wrong(
          "there is no OpenSearch in "
              + built
              + "; run this with ./earmark bench cluster, which fetches it, or name a cluster with"
              + " --opensearch URL");
    }
    List<String> flags = List.of("-Xms" + heap + "m", "-Xmx" + heap + "m");
    for (int count : nodes) {
      if (count < 1) {
        throw options.wrong("--nodes takes numbers from 1, got " + count);
      }
      String name = count == 1 ? "1 node" : count + " nodes";
      options.say("starting " + name);
      try (OpenSearchCluster cluster = OpenSearchCluster.start(built, flags, count)) {
        if (indices > 0) {
          cluster.ask(
              "PUT",
              "/_cluster/settings",
              "{\"transient\":{\"search.max_open_pit_context\":" + STATES + "}}");
        }
        List<String> all = cluster.addresses().stream().map(Object::toString).toList();
        measure.cluster(
            name,
            settings(all),
            cluster::collectGarbage,
            (settings, asks) -> {
              if (count > 1) {
                measure.killed(name, settings, asks, () -> cluster.kill(count - 1));
              }
            });
      }
    }
  }

  private OpenSearchSettings settings(List<String> of) {
    try {
      return OpenSearchSettings.of(of).withShards(shards);
    } catch (IllegalArgumentException e) {
      throw options.wrong(String.valueOf(e.getMessage()));
    }
  }
}

package dev.earmark.cli;

import dev.earmark.index.lucene.IndexCheck;
import dev.earmark.search.ClusterIndex;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Verifies an index. */
@Command(
    name = "check",
    description =
        "Check an index: that its files are sound and each episode is in it once and complete.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private IndexOptions index = new IndexOptions();

  @Override
  public Integer call() throws IOException {
    return switch (index.required()) {
      case IndexPlace.Folder place -> {
        IndexCheck.Result result = IndexCheck.of(place.folder());
        yield report(result.episodes(), result.moments(), result.faults());
      }
      case IndexPlace.Cluster place -> {
        ClusterIndex.Checked result = place.index().check();
        yield report(result.episodes(), result.moments(), result.faults());
      }
    };
  }

  private static int report(long episodes, long moments, List<String> faults) {
    faults.forEach(System.out::println);
    System.err.println(
        Count.of(episodes, "episode")
            + ", "
            + Count.of(moments, "moment")
            + ": "
            + (faults.isEmpty() ? "sound" : Count.of(faults.size(), "fault")));
    return faults.isEmpty() ? 0 : Main.FAILED;
  }
}

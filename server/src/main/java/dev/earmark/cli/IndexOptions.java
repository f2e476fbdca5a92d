package dev.earmark.cli;

import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.search.ClusterProvider;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which index a command works on: a folder's, or a cluster's. */
final class IndexOptions {
  /** What holds the index. */
  enum Engine {
    LUCENE,
    OPENSEARCH;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final String NONE_NAMED =
      "say which index: --index DIR, or --engine opensearch --opensearch URL";

  /** For commands that write. */
  static final String SHARDS =
      "number of shards of a new index in a cluster; default: " + ClusterProvider.DEFAULT_SHARDS;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = {
        "folder of the index; without it, serve uses one of its own in .earmark, and commands that",
        "read take that if there is but one"
      })
  private @Nullable Path index;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "where the index is kept: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Engine engine = Engine.LUCENE;

  @Option(
      names = "--opensearch",
      paramLabel = "URL",
      description =
          "a node of the cluster, http(s)://HOST:PORT, followed by /INDEX if the index is not"
              + " called earmark; for several nodes use commas or repeat the option")
  private List<String> opensearch = new ArrayList<>();

  /** The index that is named; null if none is. */
  @Nullable IndexPlace named() {
    return named(null);
  }

  /**
   * The index that is named, to be written; null if none is.
   *
   * @param shards into how many parts it is to be divided; null for whichever
   */
  @Nullable IndexPlace named(@Nullable Integer shards) {
    if (engine == Engine.LUCENE) {
      if (!opensearch.isEmpty()) {
        throw wrongUsage("--opensearch goes with --engine opensearch; say that as well");
      }
      if (shards != null) {
        throw wrongUsage(
            "--shards divides an index in a cluster; it goes with --engine opensearch");
      }
      return index == null ? null : new IndexPlace.Folder(index);
    }
    if (index != null) {
      throw wrongUsage(
          "--index names an embedded index and --engine opensearch one in a cluster; choose one");
    }
    if (opensearch.isEmpty()) {
      throw wrongUsage("--engine opensearch needs the address of the cluster: --opensearch URL");
    }
    try {
      return new IndexPlace.Cluster(
          ClusterProvider.find(IndexOptions.class.getClassLoader())
              .at(opensearch, System.getenv(), shards));
    } catch (IllegalStateException e) {
      throw new CommandFailedException(Main.FAILED, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  /** The index that is named, to be read; without a name the only one that serve has made here. */
  IndexPlace required() {
    IndexPlace place = named(null);
    return place == null ? served(IndexPlace.SERVED) : place;
  }

  /**
   * The one index in a folder of those that serve has made.
   *
   * @throws CommandFailedException if there is none or several, with their names
   */
  static IndexPlace served(Path folder) {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> made = Files.newDirectoryStream(folder, LuceneIndex::isIn)) {
        made.forEach(all::add);
      } catch (IOException e) {
        throw new CommandFailedException(Main.FAILED, folder + " cannot be read: " + e);
      }
    }
    if (all.size() == 1) {
      return new IndexPlace.Folder(all.getFirst());
    }
    String several = all.isEmpty() ? "" : "; serve has made " + names(all);
    throw wrongUsage(NONE_NAMED + several);
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(Path::toString).sorted().collect(Collectors.joining(", "));
  }

  /** The index that is named, to be written; one must be. */
  IndexPlace required(@Nullable Integer shards) {
    IndexPlace place = named(shards);
    if (place == null) {
      throw wrongUsage(NONE_NAMED);
    }
    return place;
  }

  private static CommandFailedException wrongUsage(String message) {
    return new CommandFailedException(Main.WRONG_USAGE, message);
  }
}

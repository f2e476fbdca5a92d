package dev.earmark.search;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds indexes in clusters. What does is a jar of its own, which stands on the class path only
 * where a cluster is named: who searches a folder loads nothing of it.
 */
public interface ClusterProvider {
  /** Into how many parts a new index is divided if nobody says. */
  int DEFAULT_SHARDS = 3;

  /**
   * The index that addresses name; nobody is asked yet.
   *
   * @param addresses nodes of one cluster, as a person types them
   * @param environment says who asks
   * @param shards into how many parts it is to be divided; null for whichever
   * @throws IllegalArgumentException if one is no address, or it is not clear who asks; the message
   *     says what would be right
   */
  ClusterIndex at(
      List<String> addresses, Map<String, String> environment, @Nullable Integer shards);

  /**
   * The provider that is on the class path.
   *
   * @throws IllegalStateException if there is none; the message says how to start with one
   */
  static ClusterProvider find(ClassLoader loader) {
    return ServiceLoader.load(ClusterProvider.class, loader)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "the engine of clusters is not loaded; start with the script earmark, or with java"
                    + " -cp earmark.jar:earmark-opensearch.jar dev.earmark.cli.Main"));
  }
}

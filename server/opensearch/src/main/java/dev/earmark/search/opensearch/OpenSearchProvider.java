package dev.earmark.search.opensearch;

import com.google.auto.service.AutoService;
import dev.earmark.index.IndexSink;
import dev.earmark.index.opensearch.OpenSearchCheck;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import dev.earmark.index.opensearch.OpenSearchSettings.Login;
import dev.earmark.search.ClusterIndex;
import dev.earmark.search.ClusterProvider;
import dev.earmark.search.SearchEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds indexes in clusters of OpenSearch.
 *
 * <p>Who asks is told by the environment, where other users of the machine do not see it.
 */
@AutoService(ClusterProvider.class)
public final class OpenSearchProvider implements ClusterProvider {
  static final String USER = "EARMARK_OPENSEARCH_USER";
  static final String PASSWORD = "EARMARK_OPENSEARCH_PASSWORD";
  static final String API_KEY = "EARMARK_OPENSEARCH_API_KEY";
  static final String AUTHORITY = "EARMARK_OPENSEARCH_CA";

  @Override
  public ClusterIndex at(
      List<String> addresses, Map<String, String> environment, @Nullable Integer shards) {
    String authority = environment.get(AUTHORITY);
    return new Index(
        OpenSearchSettings.of(addresses)
            .withLogin(login(environment))
            .withAuthority(authority == null ? null : Path.of(authority))
            .withShards(shards));
  }

  /** Who asks, as the environment says it. */
  static Login login(Map<String, String> environment) {
    String user = environment.get(USER);
    String password = environment.get(PASSWORD);
    String key = environment.get(API_KEY);
    if (key != null && user != null) {
      throw new IllegalArgumentException(USER + " and " + API_KEY + " are both set; unset one");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException(
          (user == null ? USER : PASSWORD)
              + " is not set, but "
              + (user == null ? PASSWORD : USER)
              + " is");
    }
    if (user != null && password != null) {
      return new Login.User(user, password);
    }
    return key == null ? new Login.Nobody() : new Login.ApiKey(key);
  }

  private record Index(OpenSearchSettings settings) implements ClusterIndex {
    @Override
    public String name() {
      return settings.index();
    }

    @Override
    public IndexSink openForWriting() {
      return OpenSearchIndexSink.open(settings);
    }

    @Override
    public SearchEngine openForReading() {
      return OpenSearchEngine.open(settings);
    }

    @Override
    public Checked check() {
      OpenSearchCheck.Result result = OpenSearchCheck.of(settings);
      return new Checked(result.episodes(), result.moments(), result.faults());
    }

    @Override
    public String toString() {
      return settings.index() + " at " + settings.addresses();
    }
  }
}

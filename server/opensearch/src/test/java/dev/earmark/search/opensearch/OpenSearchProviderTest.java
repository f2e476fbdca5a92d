package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.index.opensearch.OpenSearchSettings.Login;
import dev.earmark.search.ClusterProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What finds clusters: where it stands on the class path, and who it says is asking. */
class OpenSearchProviderTest {
  private static final String USER = OpenSearchProvider.USER;
  private static final String PASSWORD = OpenSearchProvider.PASSWORD;
  private static final String KEY = OpenSearchProvider.API_KEY;

  @Test
  void isFoundWhereItsJarIs() {
    ClusterProvider found = ClusterProvider.find(getClass().getClassLoader());
    assertThat(found.at(List.of("http://h:9200/talks"), Map.of(), null))
        .hasToString("talks at http://h:9200");
  }

  @Test
  void isToldHowToStartWhereItIsNot() {
    assertThatThrownBy(() -> ClusterProvider.find(ClassLoader.getPlatformClassLoader()))
        .hasMessageContaining("java -cp earmark.jar:earmark-opensearch.jar dev.earmark.cli.Main");
  }

  @Test
  void takesWhoAsksFromTheEnvironment() {
    assertThat(OpenSearchProvider.login(Map.of())).isEqualTo(new Login.Nobody());
    assertThat(OpenSearchProvider.login(Map.of(USER, "ann", PASSWORD, "x")))
        .isEqualTo(new Login.User("ann", "x"));
    assertThat(OpenSearchProvider.login(Map.of(KEY, "k"))).isEqualTo(new Login.ApiKey("k"));
    assertThatThrownBy(() -> OpenSearchProvider.login(Map.of(USER, "ann")))
        .hasMessage(PASSWORD + " is not set, but " + USER + " is");
    assertThatThrownBy(() -> OpenSearchProvider.login(Map.of(USER, "ann", PASSWORD, "x", KEY, "k")))
        .hasMessageContaining("are both set");
  }
}

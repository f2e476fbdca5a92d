package dev.earmark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ground under the tests of OpenSearch: nodes come together, die and come back. */
@Tag("cluster")
class OpenSearchClusterTest {

  @Test
  void outlivesItsManager() throws Exception {
    OpenSearchCluster cluster = OpenSearchCluster.shared();
    int manager = cluster.manager();

    cluster.kill(manager);
    cluster.awaitNodes(2);
    assertThat(cluster.manager()).isNotEqualTo(manager);

    cluster.restart(manager);
    assertThat(cluster.ask("GET", "/_cluster/health", "").get("number_of_nodes").asInt())
        .isEqualTo(3);
    assertThat(cluster.ask("GET", "/", "").at("/version/number").asText()).startsWith("3.");
  }
}

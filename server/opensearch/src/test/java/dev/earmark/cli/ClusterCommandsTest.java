package dev.earmark.cli;

import static dev.earmark.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.CheckingClient;
import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.cluster.Talks;
import dev.earmark.search.Corpora;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The commands with an index in a cluster: what they print, and how they exit. */
@ResourceLock(Resources.SYSTEM_OUT)
@Tag("cluster")
class ClusterCommandsTest {
  @TempDir Path folder;

  private final OpenSearchCluster cluster = OpenSearchCluster.shared();
  private final String address =
      cluster.address(0) + "/" + ClusterCorpus.in(cluster).name() + "," + cluster.address(1);

  @Test
  void moveFromEmbeddedToCluster() throws Exception {
    Path index = folder.resolve("index");
    run("index", Corpora.SEEDS, "--index", index);
    Ran indexed = run("index", Corpora.SEEDS, "--engine", "opensearch", "--opensearch", address);
    assertThat(indexed.err()).contains("episodes: 1 new, 0 changed, 0 unchanged");
    assertThat(indexed.status()).isZero();

    String[] query = {"search", "\"zero time for bullshit\"", "--json", "--limit", "5"};
    Ran embedded = run(with(query, "--index", index.toString()));
    Ran found = run(with(query, "--engine", "opensearch", "--opensearch", address));
    assertThat(found.status()).isZero();
    assertThat(comparable(found.out())).isEqualTo(comparable(embedded.out()));

    String[] export = {"export", "dario-amodei-2026", "--as", "vtt"};
    assertThat(run(with(export, "--engine", "opensearch", "--opensearch", address)).out())
        .isEqualTo(run(with(export, "--index", index.toString())).out());

    Ran checked = run("check", "--engine", "opensearch", "--opensearch", address);
    assertThat(checked.status()).isZero();
    assertThat(checked.err()).isEqualTo(run("check", "--index", index).err());

    assertThat(serve()).contains("Earmark", "/search.js");
  }

  private static Object[] with(Object[] command, String... more) {
    Object[] all = java.util.Arrays.copyOf(command, command.length + more.length, Object[].class);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  /** An answer without what differs between engines: how long it took, the scores and the order. */
  private static String comparable(String json) throws IOException {
    ObjectNode answer = (ObjectNode) new ObjectMapper().readTree(json);
    answer.remove("tookMs");
    List<JsonNode> hits = new ArrayList<>();
    answer.withArray("hits").forEach(hits::add);
    hits.forEach(hit -> ((ObjectNode) hit).remove("score"));
    hits.sort(Comparator.comparing(hit -> hit.path("id").asText()));
    answer.withArray("hits").removeAll().addAll(hits);
    return answer.toString();
  }

  /** Serves the cluster's index in a process of its own, and gives what stands at its door. */
  private String serve() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.earmark.cli.Main",
                "serve",
                "--port",
                "0",
                "--engine",
                "opensearch",
                "--opensearch",
                address)
            .start();
    try (BufferedReader said = server.errorReader(StandardCharsets.UTF_8);
        HttpClient http = CheckingClient.create()) {
      String line = said.readLine();
      while (line != null && !line.startsWith("Earmark is at ")) {
        line = said.readLine();
      }
      assertThat(line).isNotNull();
      URI page =
          URI.create(line.substring("Earmark is at ".length()).split(" ")[0] + "/?q=compute");
      return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void exitWithOneWhereTheClusterFails() throws Exception {
    Ran noIndex = run("search", "x", "--engine", "opensearch", "--opensearch", address);
    assertThat(noIndex.status()).isEqualTo(1);
    assertThat(noIndex.err())
        .contains("there is no index test", "./earmark index PATH --engine opensearch");

    Ran nobody =
        run("index", Corpora.SEEDS, "--engine", "opensearch", "--opensearch", "http://127.0.0.1:9");
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.err()).contains("earmark: OpenSearch does not answer at http://127.0.0.1:9");
  }

  @Test
  void exitWithTwoWhereTheyAreUsedWrongly() throws IOException {
    Path index = folder.resolve("index");
    wrong(
        "--index names an embedded",
        "--index",
        index,
        "--engine",
        "opensearch",
        "--opensearch",
        address);
    wrong("needs the address of the cluster", "--engine", "opensearch");
    wrong("goes with --engine opensearch", "--index", index, "--opensearch", address);
    wrong("http(s)://HOST:PORT", "--engine", "opensearch", "--opensearch", "nowhere:9200");
    wrong("say which index: --index DIR");
    wrong("Invalid value for option '--engine'", "--engine", "sqlite", "--index", index);
    assertThat(Files.exists(index)).isFalse();
  }

  @Test
  void divideANewIndexAndNoOther() throws Exception {
    Path talk = folder.resolve("talks");
    Talks.write(talk, 1, 4);
    Ran made = inCluster("index", talk, "--shards", "5");
    assertThat(made.status()).as(made.err()).isZero();
    String index = URI.create(address.split(",")[0]).getPath().substring(1);
    assertThat(
            cluster
                .ask("GET", "/_cat/shards/" + index + "?format=json&h=prirep", "")
                .findValuesAsText("prirep"))
        .filteredOn("p"::equals)
        .hasSize(5);

    assertThat(inCluster("index", talk, "--shards", "5").status()).isZero();
    assertThat(inCluster("index", talk).status()).isZero();
    Ran other = inCluster("index", talk, "--shards", "2");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("has 5 shards, not 2", "leave --shards out");
    assertThat(inCluster("serve", talk, "--shards", "2").err()).contains("has 5 shards, not 2");

    wrong(
        "1 to 1024 shards, got 0",
        "--engine",
        "opensearch",
        "--opensearch",
        address,
        "--shards",
        0);
    wrong("goes with --engine opensearch", "--index", folder.resolve("index"), "--shards", 2);
    Ran nothing = inCluster("serve", "--shards", "2");
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).contains("name the PATHs");
  }

  private Ran inCluster(Object... command) {
    Object[] all = with(command, "--engine", "opensearch", "--opensearch", address);
    return run(all);
  }

  private static void wrong(String message, Object... options) {
    Object[] command = new Object[options.length + 2];
    command[0] = "index";
    command[1] = Corpora.SEEDS;
    System.arraycopy(options, 0, command, 2, options.length);
    Ran ran = run(command);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
  }
}

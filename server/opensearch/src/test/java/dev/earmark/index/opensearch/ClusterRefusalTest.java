package dev.earmark.index.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.ClusterFront;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.cluster.Talks;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.opensearch.OpenSearchSettings.Login;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a cluster is not there, not ours, not open, or has too much to do. */
@Tag("cluster")
class ClusterRefusalTest {
  private static final Duration SHORT = Duration.ofMillis(500);

  private final OpenSearchCluster cluster = OpenSearchCluster.shared();
  private final ClusterCorpus corpus = ClusterCorpus.in(cluster);

  @TempDir Path folder;

  private static OpenSearchSettings settings(String... addresses) {
    return OpenSearchSettings.of(List.of(addresses)).withPatience(SHORT, SHORT);
  }

  private static void refuses(OpenSearchSettings settings, String... message) {
    assertThatThrownBy(() -> OpenSearchIndexSink.open(settings).close())
        .isInstanceOf(IndexException.class)
        .message()
        .contains(message);
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String nobody = "http://127.0.0.1:" + port;
    refuses(settings(nobody), "OpenSearch does not answer at " + nobody, "refused");
    refuses(settings("http://nowhere.invalid:9200"), "http://nowhere.invalid:9200 (there is no");
  }

  @Test
  void findsTheNodeThatAnswersAmongThoseThatDoNot() throws Exception {
    Talks.write(folder, 2, 10);
    try (ServerSocket nobody = new ServerSocket(0)) {
      int port = nobody.getLocalPort();
      nobody.close();
      IndexSummary summary =
          index("http://127.0.0.1:" + port + "/" + corpus.name(), address(cluster.address(1)));
      assertThat(summary.added()).isEqualTo(2);
    }
  }

  private IndexSummary index(String... addresses) throws IOException {
    try (OpenSearchIndexSink sink =
        OpenSearchIndexSink.open(OpenSearchSettings.of(List.of(addresses)))) {
      return new Indexer(sink, (id, done, of, words) -> {}).run(List.of(folder));
    }
  }

  private String address(URI node) {
    return node + "/" + corpus.name();
  }

  @Test
  void knowsWhatAnswers() throws Exception {
    refusesWhatSays(
        "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"2.19.1\"}}",
        "is OpenSearch 2.19.1; Earmark needs 3 or newer");
    refusesWhatSays(
        "{\"version\":{\"number\":\"8.17.0\",\"build_flavor\":\"default\"}}",
        "is Elasticsearch 8.17.0; Earmark needs OpenSearch 3 or newer");
    refusesWhatSays("<html>hello</html>", "is not OpenSearch; check the address");
  }

  private void refusesWhatSays(String answer, String message) throws IOException {
    try (ClusterFront front = front((exchange, body) -> answers(exchange, 200, answer))) {
      refuses(settings(front.address()), front.address(), message);
    }
  }

  private ClusterFront front(ClusterFront.Rule rule) throws IOException {
    return ClusterFront.open(cluster.address(0), rule);
  }

  private static boolean answers(HttpExchange exchange, int status, String json)
      throws IOException {
    ClusterFront.answer(exchange, status, json.getBytes(UTF_8));
    return true;
  }

  @Test
  void asksWhoIsAllowedOverTls() throws Exception {
    Path store = folder.resolve("front.p12");
    Path pem = folder.resolve("front.pem");
    ClusterFront.makeCertificate(store, pem);
    String right = "Basic " + Base64.getEncoder().encodeToString("ann:päss".getBytes(UTF_8));
    ClusterFront.Rule security =
        (exchange, body) -> {
          String given = exchange.getRequestHeaders().getFirst("Authorization");
          if (right.equals(given) || "ApiKey k3y".equals(given)) {
            return false;
          }
          return "ApiKey reader".equals(given)
              ? answers(
                  exchange,
                  403,
                  "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no permissions\"}}")
              : answers(exchange, 401, "Unauthorized");
        };
    try (ClusterFront front = ClusterFront.openTls(cluster.address(0), store, security)) {
      String address = front.address();
      OpenSearchSettings stranger = settings(address);
      refuses(stranger, "the connection to " + address + " is not safe", "EARMARK_OPENSEARCH_CA");

      OpenSearchSettings safe = settings(address + "/" + corpus.name()).withAuthority(pem);
      refuses(safe, address + " wants to know the user", "EARMARK_OPENSEARCH_USER");
      refuses(
          safe.withLogin(new Login.User("ann", "guess")),
          address + " does not accept the password of user ann");
      refuses(
          safe.withLogin(new Login.ApiKey("reader")),
          address + " does not let this API key do GET /",
          "no permissions");
      refuses(safe.withAuthority(store), "the certificates in " + store + " cannot be read");

      for (Login login : List.of(new Login.User("ann", "päss"), new Login.ApiKey("k3y"))) {
        OpenSearchIndexSink.open(safe.withLogin(login)).close();
      }
      assertThat(new Login.User("ann", "päss") + " " + new Login.ApiKey("k3y"))
          .doesNotContain("päss", "k3y");
    }
  }

  @Test
  void leavesOthersIndicesAlone() throws Exception {
    cluster.ask("PUT", "/" + corpus.name(), "{}");
    refuses(
        corpus.settings(),
        "the index " + corpus.name() + " at " + cluster.address(0),
        "was not made by Earmark",
        "/NAME");

    ClusterCorpus another = ClusterCorpus.in(cluster);
    cluster.ask("PUT", "/logs", "{\"aliases\":{\"" + another.name() + "\":{}}}");
    refuses(another.settings(), "the index logs at", "was not made by Earmark");
    assertThat(cluster.ask("GET", "/logs/_mapping", "").at("/logs/mappings").isEmpty()).isTrue();
  }

  @Test
  void knowsAnIndexOfTheFuture() throws Exception {
    make(Schema.VERSION + 1, "keyword");
    refuses(corpus.settings(), "was made by a newer Earmark (schema " + (Schema.VERSION + 1));
    assertThatThrownBy(() -> OpenSearchCheck.of(corpus.settings()))
        .hasMessageContaining("was made by a newer Earmark");
  }

  @Test
  void namesTheFieldThatSomebodyChanged() throws Exception {
    make(Schema.VERSION, "long");
    refuses(
        corpus.settings(),
        "the index " + corpus.name() + "-7-7 at " + cluster.address(0),
        "[speaker] cannot be changed from type [long] to [keyword]",
        "name another index, or delete this one");
  }

  @Test
  void namesTheEpisodeThatIsRefused() throws Exception {
    Talks.write(folder, 1, 10);
    try (OpenSearchIndexSink sink = OpenSearchIndexSink.open(corpus.settings())) {
      // Somebody deletes the index under the writer, and OpenSearch would make another.
      String made = corpus.name() + "-" + Schema.VERSION + "-1";
      cluster.ask("DELETE", "/" + made, "");
      cluster.ask(
          "PUT",
          "/" + made,
          "{\"mappings\":{\"dynamic\":\"strict\",\"properties\":{\"kind\":{\"type\":\"keyword\"}}}}");
      assertThatThrownBy(() -> new Indexer(sink, (id, done, of, words) -> {}).run(List.of(folder)))
          .isInstanceOf(IndexException.class)
          .hasMessageContaining("moment 0 of episode talk-000 is refused by " + made)
          .hasMessageContaining("[speaker]");
    }
  }

  /** Makes an index as Earmark would, but for its schema and the type of a field. */
  private void make(int schema, String speakerType) throws IOException {
    ObjectNode index = Mapping.index(1);
    index.putObject("aliases").putObject(corpus.name());
    ObjectNode mappings = index.withObject("/mappings");
    mappings.withObject("/_meta/earmark").put("schema", schema);
    mappings.withObject("/properties/speaker").removeAll().put("type", speakerType);
    ask("PUT", "/" + corpus.name() + "-7-7", index.toString());
  }

  private void ask(String method, String path, String body) throws IOException {
    JsonNode answer = cluster.ask(method, path, body);
    assertThat(answer.has("error")).as("%s", answer).isFalse();
  }

  @Test
  void saysThatShardsAreMissing() throws Exception {
    ObjectNode made = Mapping.index(3);
    made.putObject("aliases").putObject(corpus.name());
    made.withObject("/settings").put("index.routing.allocation.require._name", "nobody");
    String index = corpus.name() + "-" + Schema.VERSION + "-1";
    ask("PUT", "/" + index + "?wait_for_active_shards=0", made.toString());
    OpenSearchSettings impatient = corpus.settings().withPatience(Duration.ofSeconds(1), SHORT);
    refuses(
        impatient,
        "the index " + index + " at " + cluster.address(0),
        "lacks 3 of its 3 shards",
        "/_cluster/allocation/explain");
    assertThatThrownBy(() -> OpenSearchCheck.of(impatient))
        .hasMessageContaining("lacks 3 of its 3");
    ask("DELETE", "/" + index, "");
  }

  @Test
  void comesBackWhenTheClusterHasTooMuchToDo() throws Exception {
    Talks.write(folder, 5, 20);
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger bulks = new AtomicInteger();
    ClusterFront.Rule busy =
        (exchange, body) -> {
          boolean bulk = exchange.getRequestURI().getPath().endsWith("_bulk");
          int number = requests.incrementAndGet();
          if (bulk && bulks.incrementAndGet() % 3 == 1) {
            return answers(exchange, 200, rejected(body));
          }
          if (number % 5 == 2) {
            return answers(
                exchange,
                number % 2 == 0 ? 429 : 503,
                "{\"error\":{\"type\":\"rejected\",\"reason\":\"too busy\"}}");
          }
          if (number % 7 == 3) {
            exchange.close();
            return true;
          }
          return false;
        };
    try (ClusterFront front = front(busy)) {
      assertThat(index(front.address() + "/" + corpus.name()).added()).isEqualTo(5);
    }
    assertThat(OpenSearchCheck.of(corpus.settings()))
        .isEqualTo(new OpenSearchCheck.Result(5, 100, List.of()));
    assertThat(bulks.get()).isGreaterThan(6);
  }

  /** The answer to a bulk request of which every document is turned away. */
  private static String rejected(byte[] body) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.put("errors", true).putArray("items");
    for (String line : new String(body, UTF_8).split("\n")) {
      if (line.startsWith("{\"index\":") || line.startsWith("{\"delete\":")) {
        ObjectNode item = items.addObject().putObject("index").put("status", 429);
        item.putObject("error").put("type", "rejected_execution").put("reason", "queue full");
      }
    }
    return answer.toString();
  }

  @Test
  void givesUpOnAClusterThatStaysBusy() throws Exception {
    try (ClusterFront front =
        front((exchange, body) ->
            answers(exchange, 503, "{\"error\":{\"reason\":\"no cluster manager\"}}"))) {
      refuses(
          settings(front.address()), front.address() + " (it answered 503: no cluster manager)");
    }
  }

  @Test
  void readsAddressesAsPeopleTypeThem() {
    OpenSearchSettings several =
        OpenSearchSettings.of(List.of("HTTP://a:9200, https://b/podcasts/", "http://[::1]:9201"));
    assertThat(several.hosts().toString())
        .isEqualTo("[http://a:9200, https://b, http://[::1]:9201]");
    assertThat(several.index()).isEqualTo("podcasts");
    wrong("localhost:9200", "http(s)://HOST:PORT", "localhost:9200");
    wrong("http://ann:secret@a:9200", "must not hold a password");
    wrong("http://a:9200/x,http://b:9200/y", "x and y");
    wrong("http://a:9200/UP", "\"UP\"");
    wrong("", "got \"\"");
  }

  private static void wrong(String address, String... message) {
    assertThatThrownBy(() -> OpenSearchSettings.of(List.of(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(message)
        .doesNotContain("secret");
  }
}

package dev.earmark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of OpenSearch: every node a process of its own on loopback, its data in a folder that
 * goes when it goes.
 *
 * <p>Nodes are numbered from 0. They keep their ports over {@link #kill} and {@link #restart}. They
 * end with the process that started them however that ends ({@code ClusterNode}). Not thread-safe,
 * but nodes may be used, killed and held from other threads.
 */
public final class OpenSearchCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Where the module is built, seen from the tests of the engine of clusters. */
  private static final Path BUILT = Path.of("../cluster/target");

  /** Nodes for tests: small, and soon there. */
  private static final List<String> SMALL =
      List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final String NODE = "dev.earmark.cluster.ClusterNode";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static @Nullable OpenSearchCluster shared;

  private final List<Node> nodes = new ArrayList<>();
  private final Path built;
  private final List<String> flags;
  private final Path folder;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Thread cleaning = new Thread(this::cleanUp, "stop-cluster");

  private static final class Node {
    private final Path home;
    private @Nullable Process process;
    private int httpPort;
    private int transportPort;

    Node(Path home) {
      this.home = home;
    }

    Process process() {
      return Objects.requireNonNull(process, () -> home.getFileName() + " was never started");
    }
  }

  private OpenSearchCluster(Path built, List<String> flags, int count) throws IOException {
    this.built = built;
    this.flags = List.copyOf(flags);
    folder = Files.createTempDirectory("earmark-cluster");
    Runtime.getRuntime().addShutdownHook(cleaning);
    for (int node = 0; node < count; node++) {
      Path home = folder.resolve("node" + node);
      Files.createDirectories(home.resolve("config"));
      nodes.add(new Node(home));
    }
  }

  /** The three nodes that all tests of this process share; who breaks them mends them. */
  public static synchronized OpenSearchCluster shared() {
    OpenSearchCluster known = shared;
    if (known == null) {
      known = start(BUILT, SMALL, 3);
      shared = known;
    }
    return known;
  }

  /**
   * Starts some nodes and waits until they are a cluster.
   *
   * @param built the folder {@code target} of this module, built with its tests
   * @param flags what Java is told beside what a node needs, such as the size of its heap
   */
  public static OpenSearchCluster start(Path built, List<String> flags, int count) {
    OpenSearchCluster cluster = null;
    try {
      cluster = new OpenSearchCluster(built, flags, count);
      cluster.nodes.forEach(cluster::begin);
      for (Node node : cluster.nodes) {
        cluster.awaitPorts(node);
      }
      // Whom to look for is known only now; the nodes read it again at every attempt.
      String seeds =
          cluster.nodes.stream()
              .map(node -> "127.0.0.1:" + node.transportPort)
              .collect(Collectors.joining("\n"));
      for (Node node : cluster.nodes) {
        Files.writeString(node.home.resolve("config/unicast_hosts.txt"), seeds);
      }
      cluster.awaitNodes(count);
      return cluster;
    } catch (IOException | RuntimeException e) {
      if (cluster != null) {
        cluster.close();
      }
      throw new IllegalStateException("the cluster did not start", e);
    }
  }

  private void begin(Node node) {
    try {
      String classPath =
          built.resolve("test-classes").toAbsolutePath()
              + File.pathSeparator
              + Files.readString(built.resolve("classpath")).strip();
      List<String> command = new ArrayList<>(List.of(tool("java")));
      command.addAll(flags);
      command.addAll(
          List.of(
              "-XX:MetaspaceSize=128m",
              "-Dorg.apache.logging.log4j.level=WARN",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              classPath,
              NODE));
      String all =
          IntStream.range(0, nodes.size())
              .mapToObj(number -> "node" + number)
              .collect(Collectors.joining(","));
      command.addAll(
          List.of(
              "path.home=" + node.home,
              "node.name=" + node.home.getFileName(),
              "cluster.name=" + folder.getFileName(),
              "cluster.initial_cluster_manager_nodes=" + all,
              "network.host=127.0.0.1",
              "http.port=" + node.httpPort,
              "transport.port=" + node.transportPort,
              "discovery.seed_providers=file",
              "discovery.initial_state_timeout=0s",
              "discovery.find_peers_interval=200ms",
              "node.processors=2",
              // The disk of the machine that runs the tests may well be nearly full.
              "cluster.routing.allocation.disk.threshold_enabled=false"));
      node.process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log(node).toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static Path log(Node node) {
    return node.home.resolve("node.log");
  }

  private void awaitPorts(Node node) throws IOException {
    BufferedReader out = node.process().inputReader(StandardCharsets.UTF_8);
    @Nullable String line;
    try {
      line =
          CompletableFuture.supplyAsync(
                  () -> {
                    try {
                      return out.readLine();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  },
                  Thread.ofPlatform().daemon()::start)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      line = null;
    }
    if (line == null) {
      throw new IllegalStateException(
          node.home.getFileName() + " did not start:\n" + Files.readString(log(node)));
    }
    String[] ports = line.split(" ");
    node.httpPort = Integer.parseInt(ports[0]);
    node.transportPort = Integer.parseInt(ports[1]);
  }

  /** Waits until so many nodes are together and all that can be allocated is. */
  public void awaitNodes(int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        // The server waits, so this does not spin; only where nobody manages it answers at once.
        JsonNode health =
            ask(
                "GET",
                "/_cluster/health?wait_for_no_initializing_shards=true"
                    + "&wait_for_no_relocating_shards=true&timeout=5s&cluster_manager_timeout=1s&wait_for_nodes="
                    + count,
                "");
        last = health.toString();
        if (health.path("number_of_nodes").asInt() == count
            && !health.path("timed_out").asBoolean(true)) {
          return;
        }
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
    }
    throw new IllegalStateException(count + " nodes did not come together: " + last + logs());
  }

  private String logs() {
    StringBuilder logs = new StringBuilder();
    for (Node node : nodes) {
      try {
        String log = Files.readString(log(node));
        logs.append("\n")
            .append(node.home.getFileName())
            .append(":\n")
            .append(log.substring(Math.max(0, log.length() - 4_000)));
      } catch (IOException e) {
        logs.append(e);
      }
    }
    return logs.toString();
  }

  /** The addresses of all nodes. */
  public List<URI> addresses() {
    return IntStream.range(0, nodes.size()).mapToObj(this::address).toList();
  }

  /** The address of a node. */
  public URI address(int node) {
    return URI.create("http://127.0.0.1:" + nodes.get(node).httpPort);
  }

  /** The number of the node that manages the cluster. */
  public int manager() throws IOException {
    String name = ask("GET", "/_cat/cluster_manager?format=json", "").get(0).get("node").asText();
    return Integer.parseInt(name.substring("node".length()));
  }

  /** Kills a node as a crash would. */
  public void kill(int node) {
    Process process = nodes.get(node).process().destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a killed node again, and waits until all nodes are together. */
  public void restart(int node) {
    Node killed = nodes.get(node);
    begin(killed);
    try {
      awaitPorts(killed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitNodes(nodes.size());
  }

  /** Stops a node in its tracks: its connections stay open and nothing is answered. */
  public void hold(int node) {
    signal(node, "STOP");
  }

  /** Lets a held node go on. */
  public void release(int node) {
    signal(node, "CONT");
  }

  /** Has all nodes collect their garbage, so that the heap they use is the heap they need. */
  public void collectGarbage() {
    for (Node node : nodes) {
      run(tool("jcmd"), Long.toString(node.process().pid()), "GC.run");
    }
  }

  private void signal(int node, String signal) {
    run("kill", "-" + signal, Long.toString(nodes.get(node).process().pid()));
  }

  private static void run(String... command) {
    try {
      int status =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + " gave " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Asks the first node that answers, past Earmark, and gives the answer as it is, an error too.
   *
   * @throws IOException if no node answers
   */
  public JsonNode ask(String method, String path, String body) throws IOException {
    IOException last = new IOException("there is no node");
    for (Node node : nodes) {
      if (!node.process().isAlive()) {
        continue;
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort + path))
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      try {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return MAPPER.readTree(response.body());
      } catch (IOException e) {
        last = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw last;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(cleaning);
    cleanUp();
  }

  private void cleanUp() {
    for (Node node : nodes) {
      if (node.process != null) {
        node.process.destroyForcibly();
      }
    }
    try {
      for (Node node : nodes) {
        if (node.process != null) {
          node.process.waitFor(10, TimeUnit.SECONDS);
        }
      }
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

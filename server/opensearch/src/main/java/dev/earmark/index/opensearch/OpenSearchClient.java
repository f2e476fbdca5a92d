package dev.earmark.index.opensearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.earmark.index.IndexException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a cluster: JSON over HTTP to whichever of its nodes answers.
 *
 * <p>A request that a node does not answer (refused, reset, too late) is put to the next; one that
 * the cluster has no room for (429, 502, 503, 504) is put again after a random pause that grows
 * ("full jitter", M. Brooker, <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff and Jitter</a>). So every request may be executed twice, and only such may be made of
 * which the second does no harm: questions, and writes under ids of our own.
 *
 * <p>What Earmark asks is a dozen requests whose bodies it makes itself, which the JDK's client
 * does without another library. Thread-safe.
 */
public final class OpenSearchClient implements AutoCloseable {
  /** The first major version of OpenSearch that is spoken with. */
  private static final int OLDEST = 3;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A node that has not answered by then may be dead with its connections open. */
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final OpenSearchSettings settings;
  private final Hosts hosts;
  private final AtomicLong requests = new AtomicLong();
  private final HttpClient http;
  private final @Nullable String authorization;

  private OpenSearchClient(OpenSearchSettings settings) {
    this.settings = settings;
    this.hosts = new Hosts(settings.hosts());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    if (settings.authority() != null) {
      builder.sslContext(Authorities.trusting(settings.authority()));
    }
    this.http = builder.build();
    this.authorization =
        switch (settings.login()) {
          case OpenSearchSettings.Login.Nobody nobody -> null;
          case OpenSearchSettings.Login.User user ->
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(
                          (user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
          case OpenSearchSettings.Login.ApiKey key -> "ApiKey " + key.key();
        };
  }

  /**
   * Finds a cluster and makes sure that it can be spoken with.
   *
   * @throws IndexException if nobody answers, somebody else does, it is too old, or does not let us
   *     in
   */
  public static OpenSearchClient open(OpenSearchSettings settings) {
    OpenSearchClient client = new OpenSearchClient(settings);
    try {
      client.checkVersion();
      return client;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private void checkVersion() {
    // Who is mistaken about an address should not wait long to be told.
    Patience once = new Patience(CONNECT, min(CONNECT, settings.patience()));
    JsonNode version = ask("GET", "/", null, once).path("version");
    String number = version.path("number").asText("");
    String product = version.path("distribution").asText("");
    if (!product.equals("opensearch")) {
      throw new IndexException(
          number.isEmpty()
              ? "what answers at " + settings.addresses() + " is not OpenSearch; check the address"
              : "what answers at "
                  + settings.addresses()
                  + " is Elasticsearch "
                  + number
                  + "; Earmark needs OpenSearch "
                  + OLDEST
                  + " or newer");
    }
    if (Integer.parseInt("0" + number.replaceFirst("\\D.*", "")) < OLDEST) {
      throw new IndexException(
          "the cluster at "
              + settings.addresses()
              + " is OpenSearch "
              + number
              + "; Earmark needs "
              + OLDEST
              + " or newer: upgrade it, or name another");
    }
  }

  /** How many requests were sent, however often each was repeated. */
  public long requests() {
    return requests.get();
  }

  /** What the client was made from. */
  public OpenSearchSettings settings() {
    return settings;
  }

  /**
   * For how long one waits.
   *
   * @param attempt for one node's answer
   * @param total until no further attempt is begun
   */
  public record Patience(Duration attempt, Duration total) {}

  /**
   * Asks with the patience of the settings.
   *
   * @see #ask(String, String, JsonNode, Patience)
   */
  public JsonNode ask(String method, String path, @Nullable JsonNode body) {
    return ask(method, path, body, patience());
  }

  /** The patience of the settings. */
  Patience patience() {
    return new Patience(ATTEMPT, settings.patience());
  }

  /**
   * Asks the cluster and gives its answer.
   *
   * @param path with its query, encoded
   * @throws OpenSearchException if the cluster refuses
   * @throws IndexException if nobody answers in time
   */
  public JsonNode ask(String method, String path, @Nullable JsonNode body, Patience patience) {
    byte[] bytes = body == null ? new byte[0] : bytes(body);
    return send(method, path, bytes, "application/json", patience);
  }

  /**
   * Writes many documents at once.
   *
   * @param lines an action and its document by turns, each on a line
   * @return what became of each
   */
  public JsonNode bulk(String index, byte[] lines) {
    return send(
        "POST",
        "/"
            + index
            + "/_bulk?filter_path=errors,items.*._id,items.*.status,items.*.error"
            + "&timeout=20s",
        lines,
        "application/x-ndjson",
        patience());
  }

  /**
   * Asks several questions at once.
   *
   * @param lines a header and its search by turns
   * @return the answers in the order of the questions, under {@code responses}
   */
  public JsonNode searches(List<? extends JsonNode> lines, Patience patience) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (JsonNode line : lines) {
      body.writeBytes(bytes(line));
      body.write('\n');
    }
    return send("POST", "/_msearch", body.toByteArray(), "application/x-ndjson", patience);
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a request cannot be written", e);
    }
  }

  private JsonNode send(String method, String path, byte[] body, String type, Patience patience) {
    requests.incrementAndGet();
    long deadline = System.nanoTime() + patience.total().toNanos();
    Backoff backoff = new Backoff();
    Map<URI, String> failures = new LinkedHashMap<>();
    while (true) {
      List<URI> order = hosts.inOrder();
      for (URI host : order) {
        try {
          HttpResponse<byte[]> response =
              exchange(request(host, method, path, body, type), patience.attempt());
          hosts.answered(host);
          if (!mayPass(response.statusCode())
              || isBlocked(response)
              || (path.startsWith("/_search") && isTooLarge(response))) {
            return read(host, method, path, response);
          }
          failures.put(
              host,
              "it answered "
                  + response.statusCode()
                  + ": "
                  + OpenSearchException.reasonOf(parse(response.body()).path("error")));
        } catch (SSLException e) {
          throw untrusted(host, e);
        } catch (IOException | TimeoutException e) {
          hosts.failed(host);
          failures.put(host, describe(e, patience));
        }
        if (System.nanoTime() > deadline) {
          throw nobodyAnswers(failures);
        }
      }
      backoff.pause(deadline);
    }
  }

  private HttpRequest request(URI host, String method, String path, byte[] body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(host.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .header("Accept", "application/json");
    if (body.length > 0) {
      request.header("Content-Type", type);
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  /** The time is for all of the answer; a request's own would be for its head only. */
  private HttpResponse<byte[]> exchange(HttpRequest request, Duration timeout)
      throws IOException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IndexException(
          "the wait for OpenSearch at " + settings.addresses() + " was interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** Whether the same may be answered otherwise a little later. */
  static boolean mayPass(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** A block stays until somebody makes room; that is for who asked to wait for, and to tell of. */
  private static boolean isBlocked(HttpResponse<byte[]> response) {
    return OpenSearchException.typeOf(parse(response.body()).path("error"))
        .equals("cluster_block_exception");
  }

  /** Whether a search needs more memory than there is, which it would need again. */
  private static boolean isTooLarge(HttpResponse<byte[]> response) {
    String error = parse(response.body()).path("error").toString();
    return error.contains("\"circuit_breaking_exception\"")
        || error.contains("\"too_many_buckets_exception\"");
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = MAPPER.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private JsonNode read(URI host, String method, String path, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode answer = parse(response.body());
    if (status / 100 == 2) {
      return answer;
    }
    if (status == 401) {
      throw new OpenSearchException(
          status,
          answer.path("error"),
          "OpenSearch at "
              + host
              + (authorization == null
                  ? " wants to know the user"
                  : " does not accept the "
                      + (settings.login() instanceof OpenSearchSettings.Login.User user
                          ? "password of user " + user.name()
                          : "API key"))
              + "; set EARMARK_OPENSEARCH_USER and EARMARK_OPENSEARCH_PASSWORD, or"
              + " EARMARK_OPENSEARCH_API_KEY");
    }
    JsonNode error = answer.path("error");
    String type = OpenSearchException.typeOf(error);
    String reason = OpenSearchException.reasonOf(error);
    if (status == 403 && !type.equals("cluster_block_exception")) {
      throw new OpenSearchException(
          status,
          error,
          "OpenSearch at "
              + host
              + " does not let "
              + (authorization == null ? "anybody" : "this " + settings.login())
              + " do "
              + method
              + " "
              + withoutQuery(path)
              + " ("
              + reason
              + "); give it the right to read and write the indices "
              + settings.index()
              + "*");
    }
    throw new OpenSearchException(
        status,
        error,
        "OpenSearch at "
            + host
            + " answers "
            + status
            + " to "
            + method
            + " "
            + withoutQuery(path)
            + ": "
            + reason);
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static IndexException untrusted(URI host, SSLException e) {
    return new IndexException(
        "the connection to "
            + host
            + " is not safe ("
            + e.getMessage()
            + "); if its certificate is of an authority of your own, name the authority's file in"
            + " EARMARK_OPENSEARCH_CA",
        e);
  }

  private static String describe(Exception e, Patience patience) {
    if (e instanceof TimeoutException) {
      return "no answer within " + patience.attempt().toMillis() + " ms";
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.nio.channels.UnresolvedAddressException
          || cause instanceof java.net.UnknownHostException) {
        return "there is no such host";
      }
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return e instanceof java.net.ConnectException ? "connection refused" : e.toString();
  }

  private IndexException nobodyAnswers(Map<URI, String> failures) {
    StringBuilder message = new StringBuilder("OpenSearch does not answer at ");
    String between = "";
    for (Map.Entry<URI, String> failure : failures.entrySet()) {
      message.append(between).append(failure.getKey());
      message.append(" (").append(failure.getValue()).append(')');
      between = ", ";
    }
    return new IndexException(message + "; see whether it runs, and whether the address is right");
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

package dev.earmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earmark.http.EarmarkServer;
import dev.earmark.http.ServerSettings;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A client of Earmark that holds every JSON answer it gets against the description of the API, by
 * somebody else's validator of JSON Schema: a field that is not described fails the test that
 * asked.
 *
 * <p>Thread-safe.
 */
public final class CheckingClient extends HttpClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whose answers are laid down by a standard, and checked by readers of that. */
  private static final Pattern ELSEWHERE = Pattern.compile("/mcp|/openapi\\.json");

  private final HttpClient client;

  private CheckingClient(HttpClient client) {
    this.client = client;
  }

  /** A client. */
  public static HttpClient create() {
    return new CheckingClient(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    HttpResponse<T> response = client.send(request, handler);
    String body =
        switch (response.body()) {
          case String text -> text;
          case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
          case null, default -> "";
        };
    if (!body.isEmpty() && response.headers().firstValue("Content-Encoding").isEmpty()) {
      check(request.method(), request.uri(), response.statusCode(), response.headers(), body);
    }
    return response;
  }

  private static void check(
      String method, URI address, int status, HttpHeaders headers, String body) throws IOException {
    String type = headers.firstValue("Content-Type").orElse("").replaceAll(";.*", "").strip();
    String path = address.getRawPath().replaceFirst("(?<=.)/$", "");
    if (!type.matches("application/(problem\\+)?json") || ELSEWHERE.matcher(path).matches()) {
      return;
    }
    Description description = Description.ofAll();
    Schema schema =
        description
            .schema(path, method, status, type)
            .orElseThrow(() ->
                new AssertionError(
                    method
                        + " "
                        + path
                        + " answers "
                        + status
                        + " with "
                        + type
                        + ", which the API's description does not have; declare it where the route"
                        + " is added"));
    List<Error> errors = schema.validate(MAPPER.readTree(body));
    assertThat(errors)
        .as("%s %s, held against /openapi.json:%n%s", method, address, body)
        .isEmpty();
  }

  /** What is described, closed: no object may have fields that are not. */
  private static final class Description {
    private static final Map<String, Description> KNOWN = new ConcurrentHashMap<>();
    private static final SchemaRegistry REGISTRY =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Description(JsonNode document) {
      this.document = document;
      document.path("components").path("schemas").forEach(Description::close);
    }

    /** The description of a server that does all that any of them does. */
    static Description ofAll() {
      return KNOWN.computeIfAbsent(
          "",
          any -> {
            try {
              return new Description(ofServer());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException(e);
            }
          });
    }

    private static JsonNode ofServer() throws IOException, InterruptedException {
      Path folder = Files.createTempDirectory("described");
      Path talk = folder.resolve("talk.vtt");
      Files.writeString(talk, "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.\n");
      Path index = folder.resolve("index");
      Corpora.index(index, talk);
      ServerSettings local = ServerSettings.local(0);
      ServerSettings settings =
          new ServerSettings(
              local.host(),
              local.port(),
              local.requestsPerSecond(),
              local.forwarded(),
              local.log(),
              new ServerSettings.Admin("token", Optional::empty),
              local.patience(),
              local.reading(),
              local.sources());
      try (LuceneSearchEngine engine = LuceneSearchEngine.open(index);
          EarmarkServer server = EarmarkServer.start(engine, settings);
          HttpClient client = HttpClient.newHttpClient()) {
        URI address = URI.create("http://127.0.0.1:" + server.port() + "/openapi.json");
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }

    private static void close(JsonNode schema) {
      if (schema.has("properties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
      schema.forEach(Description::close);
    }

    Optional<Schema> schema(String path, String method, int status, String type) {
      if (type.equals("application/problem+json")) {
        return Optional.of(schema("#/components/schemas/ProblemAnswer"));
      }
      return document.path("paths").properties().stream()
          .filter(entry -> pattern(entry.getKey()).matcher(path).matches())
          .min(Comparator.comparingInt(entry -> entry.getKey().split("\\{", -1).length))
          .map(entry ->
              entry.getValue().path(method.replace("HEAD", "GET").toLowerCase(Locale.ROOT)))
          .map(operation -> operation.path("responses"))
          .map(responses -> responses.path(Integer.toString(status)))
          .map(response -> response.path("content").path(type).path("schema"))
          .filter(schema -> !schema.isMissingNode())
          .map(schema -> schema(schema.path("$ref").asText()));
    }

    private static Pattern pattern(String path) {
      return Pattern.compile(
          Stream.of(path.split("\\{[^}]*}", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining("[^/]+")));
    }

    /** By reference; of what is no record of ours only that it is JSON. */
    private Schema schema(String reference) {
      return schemas.computeIfAbsent(
          reference,
          any -> {
            ObjectNode schema = MAPPER.createObjectNode();
            if (!reference.isEmpty()) {
              schema.put("$ref", reference).set("components", document.path("components"));
            }
            return REGISTRY.getSchema(schema);
          });
    }
  }

  /** Not held against the description. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return client.sendAsync(request, handler);
  }

  /** Not held against the description. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushed) {
    return client.sendAsync(request, handler, pushed);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}

package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API, and what is done with it. */
class DescriptionTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Corpora.index(folder, Corpora.SEEDS);
    engine = LuceneSearchEngine.open(folder);
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  /** {@code client.ts} is compiled with the types that somebody else's generator makes. */
  @Test
  void aClientIsGeneratedFromItAndFindsWhatWasSaid() throws Exception {
    JsonNode got = Foreign.read("client", "http://127.0.0.1:" + server.port());
    assertThat(got.path("total").asInt()).isEqualTo(1);
    assertThat(got.path("atMs").asLong()).isEqualTo(835_000);
    assertThat(got.path("page").asText()).isEqualTo("/e/dario-amodei-2026?t=835");
    assertThat(got.path("marked").get(0).asText()).isEqualTo("country of geniuses");
    assertThat(got.path("title").asText()).contains("Dario Amodei");
    assertThat(got.path("none").asText()).isEqualTo("there is no episode \"none\"");
    assertThat(got.path("vtt").asText()).isEqualTo("WEBVTT");
    assertThat(got.path("wrong").asText()).isEqualTo("sort");
  }

  /** A form of the page, sent by a browser without a script. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operation=search&q=a+%22b%22&speaker=&kind=quote&kind=note |"
            + " /api/v1/search?q=a+%22b%22&kind=quote&kind=note",
        "operation=transcript&id=a%2Fb+c&form=vtt&track= |"
            + " /api/v1/episodes/a%2Fb%20c/transcript.vtt",
        "operation=status&other=1 | /api/v1/status",
      })
  void aFormLeadsToWhatItAsksFor(String form, String address) throws Exception {
    HttpResponse<String> response = get("/api?" + form);
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).contains(address);
    assertThat(get("/api?operation=none").statusCode()).isEqualTo(404);
  }

  /** A value that the description of a parameter does not allow; several where it is a number. */
  private static List<String> forbidden(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    if (parameter.path("name").asText().equals("cursor")) {
      return List.of("elsewhere");
    }
    if (schema.has("enum")) {
      return List.of("nonsense");
    }
    return switch (schema.path("type").asText() + " " + schema.path("format").asText()) {
      case "integer " -> List.of("0", Long.toString(schema.path("maximum").asLong() + 1), "many");
      case "boolean " -> List.of("maybe");
      case "string date" -> List.of("soon");
      default -> List.of();
    };
  }

  /** Every value that the description forbids is refused by name, for every operation. */
  @Test
  void whatIsForbiddenIsRefusedByName() throws Exception {
    int asked = 0;
    JsonNode paths = MAPPER.readTree(get("/openapi.json").body()).path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      JsonNode parameters = path.getValue().at("/get/parameters");
      for (JsonNode parameter : parameters) {
        for (String value : forbidden(parameter)) {
          HttpResponse<String> response = get(address(path.getKey(), parameters, parameter, value));
          JsonNode problem = MAPPER.readTree(response.body());
          String as = response.request().uri() + " " + response.body();
          if (parameter.path("in").asText().equals("path")) {
            assertThat(response.statusCode()).as(as).isEqualTo(404);
          } else if (path.getValue().at("/get/responses").has("501")) {
            // As the standard has it that the operation keeps.
            assertThat(response.statusCode()).as(as).isIn(400, 501);
          } else {
            assertThat(response.statusCode()).as(as).isEqualTo(400);
            assertThat(problem.path("parameter").asText())
                .as(as)
                .isEqualTo(parameter.path("name").asText());
          }
          assertThat(problem.path("detail").asText()).as(as).contains(value);
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(90);
  }

  /** The address of an operation with what it must have, and one value more. */
  private static String address(String path, JsonNode parameters, JsonNode changed, String value) {
    String filled = path;
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : parameters) {
      boolean isChanged = parameter == changed;
      String name = parameter.path("name").asText();
      String given =
          isChanged
              ? value
              : name.equals("q")
                  ? "exponential"
                  : name.equals("id")
                      ? "dario-amodei-2026"
                      : name.equals("url")
                          ? "http://127.0.0.1:" + server.port() + "/e/dario-amodei-2026"
                          : parameter.at("/schema/enum/0").asText("Dario%20Amodei");
      if (parameter.path("in").asText().equals("path")) {
        filled = filled.replace("{" + name + "}", given);
      } else if (isChanged || name.equals("q") || parameter.path("required").asBoolean()) {
        query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(given);
      }
    }
    return filled.replace("shows/Dario%20Amodei", "shows/Dwarkesh%20Podcast") + query;
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Else all the answers that the tests hold against the description would show nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/healthz | {'status':'ok','episodes':1,'moments':2,'generation':3} |",
        "/healthz | {'status':'ok','episodes':1,'moments':2} | generation",
        "/healthz | {'status':5,'episodes':1,'moments':2,'generation':3} | status",
        "/healthz | {'status':'ok','episodes':1,'moments':2,'generation':3,'new':1} | new",
        "/healthz | {'status':'ok','episodes':1,'moments':2,'generation':3,'indexing':null} |"
            + " indexing",
        "/api/v1/suggest |"
            + " {'query':'a','suggestions':[{'text':'a','type':'word','count':1,'query':null,'page':'/'}]}"
            + " |",
        "/api/v1/suggest |"
            + " {'query':'a','suggestions':[{'text':'a','type':'song','count':1,'query':null,'page':'/'}]}"
            + " | song",
        "/api/v1/suggest |"
            + " {'query':'a','suggestions':[{'text':null,'type':'word','count':1,'query':null,'page':'/'}]}"
            + " | text",
        "/api/v1/unknown | {} | declare it where the route is added",
      })
  void anAnswerThatIsNotAsDescribedIsSeen(String path, String answer, String complaint)
      throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] body = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    try (HttpClient client = CheckingClient.create()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + other.getAddress().getPort() + path))
              .build();
      if (complaint == null) {
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      } else {
        assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining(complaint);
      }
    } finally {
      other.stop(0);
    }
  }
}

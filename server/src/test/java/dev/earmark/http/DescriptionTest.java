package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.earmark.CheckingClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API, and what is done with it. */
class DescriptionTest {

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
        "/healthz | {'status':'ok','episodes':1,'moments':2,'generation':3,'indexing':null} | indexing",
        "/api/v1/suggest | {'query':'a','suggestions':[{'text':'a','type':'word','count':1,'query':null,'page':'/'}]} |",
        "/api/v1/suggest | {'query':'a','suggestions':[{'text':'a','type':'song','count':1,'query':null,'page':'/'}]} | song",
        "/api/v1/suggest | {'query':'a','suggestions':[{'text':null,'type':'word','count':1,'query':null,'page':'/'}]} | text",
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

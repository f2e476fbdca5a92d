package dev.earmark.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Asks a server on this machine over connections that are kept open. What it counts are the bytes
 * of the answer, not the hits.
 *
 * @param address of the server, such as http://127.0.0.1:7070
 * @param path what to get for a search
 */
record HttpContender(HttpClient client, String address, Function<Ask, String> path)
    implements Contender {

  static HttpContender of(String address, Function<Ask, String> path) {
    return new HttpContender(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), address, path);
  }

  /** Asks Earmark's API, each time by another address, so that nothing is answered from memory. */
  static HttpContender ofApi(String address) {
    AtomicLong asked = new AtomicLong();
    return of(address, ask -> api(ask) + "&n=" + asked.incrementAndGet());
  }

  /** Asks Earmark's API as people do who ask the same again. */
  static HttpContender ofApiAgain(String address) {
    return of(address, HttpContender::api);
  }

  private static String api(Ask ask) {
    return "/api/v1/search?q="
        + encoded(EarmarkContender.query(ask))
        + (ask.episode() == null ? "" : "&episode=" + encoded(ask.episode()))
        + (ask.speaker() == null ? "" : "&speaker=" + encoded(ask.speaker()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public long search(Ask ask) throws IOException {
    return get(ask).body().length;
  }

  /** The whole answer. */
  HttpResponse<byte[]> get(Ask ask) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path.apply(ask))).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(request.uri() + " was answered with " + answer.statusCode());
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("asking was interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.CheckingClient;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests with bytes changed, doubled and cut, sent as they are: {@code -Dearmark.fuzz.rounds=N}
 * for more, {@code -Dearmark.seed=N} to repeat a run.
 */
class HttpFuzzTest {
  private static final int ROUNDS = Integer.getInteger("earmark.fuzz.rounds", 400);
  private static final long SEED = Long.getLong("earmark.seed", System.nanoTime());
  private static final int TIMEOUT_MS = 60_000;

  private static final List<String> LINES =
      List.of(
          "GET /api/v1/search?q=%22country+of+geniuses%22&speaker=Dario&limit=5&cursor=abc",
          "GET /api/v1/search?q=a*+b~+(c+OR+d)&from=2026-01-01&to=2027-01-01&sort=time&group=episode",
          "GET /api/v1/episodes/dario-amodei-2026/moments?kind=quote&from=1:00:00&to=96:40",
          "GET /api/v1/episodes/dario-amodei-2026/transcript.vtt",
          "GET /api/v1/suggest?q=dar&limit=3",
          "GET /e/dario-amodei-2026?t=13m55s&q=power",
          "GET /?q=power&topic=x&page=2",
          "GET /media/dario-amodei-2026/audio",
          "POST /api/v1/index",
          "GET /assets/earmark.css?v=1");
  private static final String HEADERS =
      " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nRange: bytes=0-9\r\n"
          + "If-None-Match: \"x\"\r\nAccept-Encoding: gzip\r\nContent-Length: 0\r\n"
          + "Connection: close\r\n\r\n";

  @TempDir Path folder;

  @Test
  void noRequestIsAnsweredWithAnErrorOfOurs() throws Exception {
    Corpora.index(folder, Corpora.SEEDS);
    Random random = new Random(SEED);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder);
        EarmarkServer server = EarmarkServer.start(engine, 0)) {
      for (int round = 0; round < ROUNDS; round++) {
        String line = LINES.get(random.nextInt(LINES.size()));
        byte[] request =
            changed((line + HEADERS).getBytes(StandardCharsets.US_ASCII), line.length(), random);
        String status = send(server.port(), request);
        assertThat(status)
            .as(
                "seed %d, round %d: %s",
                SEED, round, new String(request, StandardCharsets.ISO_8859_1))
            .satisfiesAnyOf(
                // Some requests cannot be told from none.
                answer -> assertThat(answer).isEmpty(),
                answer -> assertThat(answer).matches("HTTP/1.[01] ([234]\\d\\d|501|505).*"));
      }
      HttpResponse<String> health =
          CheckingClient.create()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + server.port() + "/healthz"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
      System.out.printf(
          Locale.ROOT, "figures: HttpFuzzTest: %,d requests; seed %d%n", ROUNDS, SEED);
    }
  }

  /** Most changes in the address, where our own code reads; some in the headers. */
  private static byte[] changed(byte[] request, int line, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int changes = 1 + random.nextInt(4);
    boolean[] at = new boolean[request.length];
    for (int i = 0; i < changes; i++) {
      at[4 + random.nextInt((random.nextInt(4) == 0 ? request.length : line) - 4)] = true;
    }
    for (int i = 0; i < request.length; i++) {
      if (!at[i]) {
        out.write(request[i]);
        continue;
      }
      switch (random.nextInt(4)) {
        case 0 -> out.write(random.nextInt(256));
        case 1 ->
            out.writeBytes(
                ("%" + "%02x".formatted(random.nextInt(256))).getBytes(StandardCharsets.US_ASCII));
        case 2 -> {
          int from = Math.max(4, i - random.nextInt(20));
          out.write(request, from, i - from);
        }
        default -> i = Math.min(request.length - 5, i + random.nextInt(10));
      }
    }
    // Whatever was cut, the server is not left waiting for more.
    out.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static String send(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      StringBuilder first = new StringBuilder();
      for (int b = in.read(); b >= 0 && b != '\r' && b != '\n'; b = in.read()) {
        first.append((char) b);
      }
      return first.toString();
    } catch (java.net.SocketException reset) {
      return "";
    }
  }
}

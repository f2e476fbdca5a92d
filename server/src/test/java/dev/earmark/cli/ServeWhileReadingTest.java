package dev.earmark.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read shows while the rest is being read, in a process as a user starts it. */
class ServeWhileReadingTest {
  private static final String VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n%s\n";
  private static final String FEED =
      """
      <rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
      <title>Harbour Hours</title><link>http://127.0.0.1/</link><description>Boats</description>
      <item><title>Late</title><guid>late</guid>
      <podcast:transcript url="http://127.0.0.1:%d/late.vtt" type="text/vtt"/></item>
      </channel></rss>
      """;

  @TempDir Path folder;

  @Test
  void whatIsCommittedIsFoundWhileTheRestIsRead() throws Exception {
    Path talk = Files.writeString(folder.resolve("talk.vtt"), VTT.formatted("apricot"));
    CountDownLatch released = new CountDownLatch(1);
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    int port = web.getAddress().getPort();
    web.createContext(
        "/feed.xml",
        exchange -> {
          byte[] feed = FEED.formatted(port).getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/rss+xml");
          exchange.sendResponseHeaders(200, feed.length);
          exchange.getResponseBody().write(feed);
          exchange.close();
        });
    web.createContext(
        "/late.vtt",
        exchange -> {
          try {
            released.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          byte[] captions = VTT.formatted("blueberry").getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/vtt");
          exchange.sendResponseHeaders(200, captions.length);
          exchange.getResponseBody().write(captions);
          exchange.close();
        });
    web.start();
    try (Served served =
        Served.start(
            folder, talk.toString(), "http://127.0.0.1:" + port + "/feed.xml", "--allow-private")) {
      // The feed's transcript is held back, so that the run cannot be over.
      served.until("/api/v1/search?q=apricot", answer -> answer.get("total").asInt() == 1);
      JsonNode indexing = served.json("/api/v1/status").get("indexing");
      assertThat(indexing.get("done").asInt()).isEqualTo(1);
      assertThat(indexing.get("total").asInt()).isEqualTo(2);
      assertThat(served.json("/healthz").get("indexing").get("total").asInt()).isEqualTo(2);
      assertThat(served.get("/?q=apricot")).contains("1 of 2 episodes read", "reading.js");
      assertThat(served.json("/api/v1/search?q=blueberry").get("total").asInt()).isZero();
      released.countDown();
      served.until("/api/v1/search?q=blueberry", answer -> answer.get("total").asInt() == 1);
      JsonNode status = served.until("/api/v1/status", answer -> !answer.has("indexing"));
      assertThat(status.get("episodes").asInt()).isEqualTo(2);
      assertThat(served.get("/?q=apricot")).doesNotContain("episodes read", "reading.js");
    } finally {
      released.countDown();
      web.stop(0);
    }
    try (Served again = Served.start(folder, talk.toString())) {
      // An index that is there answers from the first request on.
      assertThat(again.json("/api/v1/search?q=apricot").get("total").asInt()).isEqualTo(1);
      System.out.printf("serving: a second start answered after %d ms%n", again.startedMs());
    }
  }

  /** What is read quicker than the engine looks for a newer state is not taken for nothing. */
  @Test
  void servesWhatIsReadInNoTime() throws Exception {
    Path talk = Files.writeString(folder.resolve("talk.vtt"), VTT.formatted("apricot"));
    try (Served served = Served.start(folder, talk.toString())) {
      served.until("/api/v1/search?q=apricot", answer -> answer.get("total").asInt() == 1);
      served.until("/api/v1/status", answer -> !answer.has("indexing"));
      assertThat(served.process().isAlive()).isTrue();
    }
  }

  @Test
  void waitsForAllOfItWhereAskedTo() throws Exception {
    Path talk = Files.writeString(folder.resolve("talk.vtt"), VTT.formatted("apricot"));
    try (Served served = Served.start(folder, talk.toString(), "--wait")) {
      assertThat(served.json("/api/v1/search?q=apricot").get("total").asInt()).isEqualTo(1);
      assertThat(served.json("/api/v1/status").has("indexing")).isFalse();
    }
  }

  @Test
  void endsWhereThereIsNothingToServe() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (String wait : List.of("--wait", "--log=none")) {
      Ran ran =
          Ran.run("serve", empty, "--port", "0", wait, "--index", folder.resolve("index" + wait));
      assertThat(ran.status()).isEqualTo(Main.FAILED);
      assertThat(ran.err()).contains("there is nothing to serve", "empty");
    }
  }
}

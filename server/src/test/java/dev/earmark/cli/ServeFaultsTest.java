package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.lucene.IndexCheck;
import dev.earmark.search.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a process that serves and indexes at once: it is killed, its disk is full, it is
 * asked by many.
 *
 * <p>{@code -Dearmark.serve.kills=N}, {@code -Dearmark.serve.episodes=N} and {@code
 * -Dearmark.log.requests=N} for long runs.
 */
@DisabledOnOs(OS.WINDOWS)
class ServeFaultsTest {
  private static final int KILLS = Integer.getInteger("earmark.serve.kills", 2);
  private static final int EPISODES = Integer.getInteger("earmark.serve.episodes", 600);
  private static final int REQUESTS = Integer.getInteger("earmark.log.requests", 2_000);
  private static final int MOMENTS = 4;
  private static final int CLIENTS = 16;

  @TempDir Path folder;

  private Path index() {
    return folder.resolve("index");
  }

  private Path corpus(String name, int episodes, String words) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < episodes; i++) {
      StringBuilder captions = new StringBuilder("WEBVTT\n");
      for (int moment = 0; moment < MOMENTS; moment++) {
        // A change of speaker begins a moment.
        captions
            .append("\n00:%02d.000 --> 00:%02d.900\n".formatted(moment, moment))
            .append("<v %s>%s %d\n".formatted(moment % 2 == 0 ? "Ada" : "Ben", words, i));
      }
      Files.writeString(corpus.resolve(name + i + ".vtt"), captions);
    }
    return corpus;
  }

  private static void assertWhole(Served served) {
    for (JsonNode episode : served.json("/api/v1/episodes?limit=25").path("episodes")) {
      String id = episode.path("id").asText();
      assertThat(served.json("/api/v1/episodes/" + id + "/moments").path("moments"))
          .as(id)
          .hasSize(MOMENTS);
    }
  }

  @Test
  void killedWhileItServesAndIndexesItLosesNothingThatWasShown() throws Exception {
    Path corpus = corpus("talk", EPISODES, "apricot and plum");
    int shown = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int before = shown;
      try (Served served = Served.start(folder, corpus.toString())) {
        served.await("more episodes", () -> served.episodes() > before || before == EPISODES);
        assertWhole(served);
        shown = served.episodes();
      }
      IndexCheck.Result found = IndexCheck.of(index());
      assertThat(found.faults()).isEmpty();
      assertThat(found.episodes()).as("after kill %d", kill).isBetween(shown, EPISODES);
    }
    try (Served served = Served.start(folder, corpus.toString())) {
      served.await("all episodes", () -> served.episodes() == EPISODES);
      assertThat(served.json("/api/v1/search?q=apricot").path("total").asInt())
          .isEqualTo(EPISODES * MOMENTS);
      assertWhole(served);
    }
    System.out.printf(
        Locale.ROOT,
        "figures: ServeFaultsTest: %,d kills, %,d episodes, none lost%n",
        KILLS,
        EPISODES);
  }

  @Test
  void withAFullDiskItServesWhatIsThereAndSaysWhatIsNot() throws Exception {
    Corpora.index(index(), corpus("small", 3, "apricot"));
    Path large = corpus("large", 2, "plum");
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    for (int second = 0; second < 3_000; second++) {
      captions.append(
          "\n%02d:%02d.000 --> %02d:%02d.900\nplum %x %x\n"
              .formatted(
                  second / 60,
                  second % 60,
                  second / 60,
                  second % 60,
                  second * 7919L,
                  second * 31L));
    }
    Files.writeString(large.resolve("huge.vtt"), captions);
    // No file may grow beyond 64 kB, as if the disk were full.
    try (Served served = Served.startAfter("ulimit -f 128", folder, large.toString())) {
      served.await("the fault", () -> served.said().contains("cannot be written"));
      assertThat(served.said()).contains(index().toString());
      for (int i = 0; i < 20; i++) {
        assertThat(served.json("/api/v1/search?q=apricot").path("total").asInt()).isEqualTo(12);
      }
      assertThat(served.process().isAlive()).isTrue();
    }
    assertThat(IndexCheck.of(index()).faults()).isEmpty();
    try (Served served = Served.start(folder, large.toString())) {
      served.await("what did not fit", () -> served.episodes() == 6);
      assertThat(served.json("/api/v1/search?q=apricot").path("total").asInt()).isEqualTo(12);
    }
  }

  @Test
  void eachRequestIsOneWholeLineUnderLoad() throws Exception {
    Pattern line =
        Pattern.compile(
            "\\S+Z level=INFO logger=requests id=([0-9a-f]{8}) method=GET"
                + " path=\"/api/v1/search\" .*client=\"127\\.0\\.0\\.1\"");
    try (Served served =
            Served.start(
                folder, corpus("talk", 20, "apricot and plum").toString(), "--log", "requests");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      served.await("all episodes", () -> served.episodes() == 20);
      List<Future<Boolean>> asking = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int first = client;
        asking.add(
            clients.submit(() -> {
              for (int i = first; i < REQUESTS; i += CLIENTS) {
                String word = "plum+" + "x".repeat(i % 300) + i;
                served.get("/api/v1/search?q=" + word);
              }
              return true;
            }));
      }
      for (Future<Boolean> one : asking) {
        assertThat(one.get()).isTrue();
      }
      Set<String> ids = new HashSet<>();
      served.await(
          "all lines",
          () -> {
            ids.clear();
            for (String each : served.said().split("\n")) {
              Matcher whole = line.matcher(each);
              if (whole.matches()) {
                ids.add(whole.group(1));
              }
            }
            return ids.size() >= REQUESTS;
          });
      assertThat(ids).hasSize(REQUESTS);
      // A torn line would be one that begins as none does.
      assertThat(served.said().lines().filter(each -> each.contains("logger=requests")))
          .allMatch(each -> each.startsWith("20") && each.endsWith("client=\"127.0.0.1\""));
      System.out.printf(
          Locale.ROOT,
          "figures: ServeFaultsTest.log: %d clients, %,d requests at a process of its own, as many"
              + " whole lines%n",
          CLIENTS,
          REQUESTS);
    }
  }
}

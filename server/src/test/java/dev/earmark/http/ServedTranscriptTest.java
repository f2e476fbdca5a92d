package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.CheckingClient;
import dev.earmark.Seeds;
import dev.earmark.export.RandomTalk;
import dev.earmark.export.RoundTripTest;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.model.Cue;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random cues that are indexed, asked for over HTTP in every form and read again are the cues they
 * were: same texts, times and speakers.
 */
class ServedTranscriptTest {
  private static final int TALKS = 12;

  /** Forms that can write whatever is said. */
  private static final Set<TranscriptFormat> ABLE =
      EnumSet.of(TranscriptFormat.VTT, TranscriptFormat.JSON);

  @TempDir Path folder;

  /** A talk, and the forms in which it can be written. */
  private record Talk(String id, List<Cue> cues, Set<TranscriptFormat> forms) {}

  @Test
  void everyFormGivesTheCuesBack() {
    Seeds.each(
        1,
        random -> {
          Path corpus = Files.createDirectory(folder.resolve("corpus"));
          List<Talk> talks = new ArrayList<>();
          for (int i = 0; i < TALKS; i++) {
            boolean plain = i % 3 > 0;
            TranscriptFormat able = plain ? TranscriptFormat.TXT : TranscriptFormat.VTT;
            Talk talk =
                new Talk(
                    "talk-" + i,
                    new RandomTalk(random, able).cues(),
                    plain ? EnumSet.allOf(TranscriptFormat.class) : ABLE);
            Files.writeString(corpus.resolve(talk.id() + ".vtt"), written(talk.cues()));
            talks.add(talk);
          }
          Path index = folder.resolve("index");
          Corpora.index(index, corpus);
          try (LuceneSearchEngine engine = LuceneSearchEngine.open(index);
              EarmarkServer server = EarmarkServer.start(engine, 0);
              HttpClient client = CheckingClient.create()) {
            for (Talk talk : talks) {
              for (TranscriptFormat form : talk.forms()) {
                String answer = get(client, server.port(), talk.id(), form);
                assertThat(RoundTripTest.shown(RoundTripTest.read(answer, form), form))
                    .as(talk.id() + " as " + form + "\n" + answer)
                    .isEqualTo(RoundTripTest.shown(talk.cues(), form));
              }
            }
          }
        });
  }

  private static String get(HttpClient client, int port, String id, TranscriptFormat form)
      throws IOException, InterruptedException {
    URI address =
        URI.create(
            "http://127.0.0.1:" + port + "/api/v1/episodes/" + id + "/transcript." + form.id());
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(address.toString()).isEqualTo(200);
    return answer.body();
  }

  /** Cues in WebVTT, written here so that no writer of ours stands on both sides. */
  private static String written(List<Cue> cues) {
    StringBuilder out = new StringBuilder("WEBVTT\n");
    for (Cue cue : cues) {
      out.append('\n').append(time(cue.span().startMs())).append(" --> ");
      out.append(time(cue.span().endMs())).append('\n');
      out.append(cue.speaker() == null ? "" : "<v " + cue.speaker() + ">");
      out.append(cue.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
      out.append('\n');
    }
    return out.toString();
  }

  private static String time(long ms) {
    return "%02d:%02d:%02d.%03d"
        .formatted(ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000);
  }
}

package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.search.Corpora;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A player of other people's making plays the hits of a search, each from its second.
 *
 * <p>Every second of the recordings has a tone of its own, so what was played tells which seconds.
 */
class PlaylistTest {
  private static final int RATE = 8_000;

  /** The tone of second n of the first recording is 200 + 40 n Hz, of the second 1000 + 40 n. */
  private static final int STEP = 40;

  @TempDir static Path folder;
  private static SearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    talk(corpus, "one", 200, 3, 11);
    talk(corpus, "two words", 1_000, 7);
    Path index = folder.resolve("index");
    Corpora.index(index, corpus);
    engine = LuceneSearchEngine.open(index);
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  /** A talk of 15 seconds; at some of them somebody says a word for two seconds. */
  private static void talk(Path corpus, String name, int hertz, int... seconds) throws IOException {
    Path talk = Files.createDirectory(corpus.resolve(name));
    StringBuilder cues = new StringBuilder("WEBVTT\n");
    for (int second : seconds) {
      // Another speaker begins another moment.
      cues.append(
          "\n00:%02d.000 --> 00:%02d.000\n<v Speaker %d>lantern\n"
              .formatted(second, second + 2, second));
    }
    Files.writeString(talk.resolve("talk.vtt"), cues);
    Files.writeString(
        talk.resolve("episode.yaml"), "title: Talk, " + name + "\nmedia: {audio: tone.wav}\n");
    byte[] tone = new byte[RATE * 15];
    double phase = 0;
    for (int i = 0; i < tone.length; i++) {
      phase += 2 * Math.PI * (hertz + STEP * (i / RATE)) / RATE;
      tone[i] = (byte) (128 + 60 * Math.sin(phase));
    }
    AudioFormat format = new AudioFormat(RATE, 8, 1, false, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(tone), format, tone.length),
        AudioFileFormat.Type.WAVE,
        talk.resolve("tone.wav").toFile());
  }

  private static String address(String form) {
    return "http://127.0.0.1:" + server.port() + "/api/v1/search." + form + "?q=lantern&sort=time";
  }

  private static String get(String address) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CheckingClient.create()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"m3u", "mpv.m3u"})
  void aLinterFindsNothing(String form) throws Exception {
    JsonNode addresses = Foreign.read("m3u", get(address(form)));
    assertThat(addresses).hasSize(3);
  }

  @Test
  void mpvPlaysHitAfterHitFromItsSecond() throws Exception {
    String fromServer = played(address("mpv.m3u"));
    assertThat(fromServer).isEqualTo("1:3 1:4 2:7 2:8 1:11 1:12");
    Path file = Files.writeString(folder.resolve("hits.m3u"), get(address("mpv.m3u")));
    assertThat(played(file.toString())).isEqualTo(fromServer);
  }

  /** Which recording mpv plays, and which second of it, second by second. */
  private static String played(String list) throws Exception {
    Path wave = folder.resolve("played.wav");
    Files.deleteIfExists(wave);
    Foreign.run(
        folder,
        "",
        "mpv",
        "--no-config",
        "--no-video",
        "--ao=pcm",
        "--ao-pcm-file=" + wave,
        "--audio-format=s16",
        "--audio-channels=mono",
        "--gapless-audio=yes",
        list);
    return seconds(wave);
  }

  private static String seconds(Path wave) throws IOException, UnsupportedAudioFileException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(wave.toFile())) {
      int rate = (int) in.getFormat().getSampleRate();
      byte[] bytes = in.readAllBytes();
      List<Integer> tones = new ArrayList<>();
      int tenth = rate / 10;
      for (int from = 0; from + tenth <= bytes.length / 2; from += tenth) {
        int crossings = 0;
        for (int i = from + 1; i < from + tenth; i++) {
          crossings += sample(bytes, i - 1) < 0 && sample(bytes, i) >= 0 ? 1 : 0;
        }
        tones.add(crossings * 10);
      }
      // Two seconds a hit, one after the other and nothing else.
      assertThat(tones).as(tones.toString()).hasSizeBetween(58, 62);
      StringBuilder seconds = new StringBuilder();
      for (int second = 0; second < 6; second++) {
        int tone = tones.get(second * 10 + 5);
        boolean later = tone >= 1_000;
        seconds.append(second == 0 ? "" : " ").append(later ? "2:" : "1:");
        seconds.append(Math.round((tone - (later ? 1_000 : 200)) / (double) STEP));
      }
      return seconds.toString();
    }
  }

  private static int sample(byte[] bytes, int at) {
    return (short) ((bytes[2 * at] & 0xFF) | bytes[2 * at + 1] << 8);
  }
}

package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.Seeds;
import dev.earmark.clip.Clipper;
import dev.earmark.search.Corpora;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clips, looked at by programs of other people's making.
 *
 * <p>Every second of the recordings has a tone of its own, so what is in a clip tells where it was
 * cut.
 */
class ClipTest {
  private static final HttpClient CLIENT = CheckingClient.create();
  private static final int RATE = 44_100;
  private static final int SECONDS = 30;

  @TempDir static Path folder;
  private static SearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Path tone = folder.resolve("tone.wav");
    writeTone(tone);
    talk(corpus, "wav", "audio", tone, "tone.wav");
    talk(corpus, "mp3", "audio", tone, "tone.mp3", "-q:a", "6");
    talk(corpus, "m4a", "audio", tone, "tone.m4a", "-c:a", "aac");
    talk(corpus, "ogg", "audio", tone, "tone.ogg", "-c:a", "libvorbis");
    talk(corpus, "flac", "audio", tone, "tone.flac");
    String[] picture = {"-f", "lavfi", "-i", "testsrc=size=161x91:rate=25:duration=" + SECONDS};
    talk(corpus, "mp4", "video", tone, "a 'tone'; $(x).mp4", with(picture, "-g", "250"));
    talk(corpus, "webm", "video", tone, "-tone.webm", with(picture, "-c:v", "libvpx"));
    Path remote = Files.createDirectory(corpus.resolve("remote"));
    Files.writeString(remote.resolve("talk.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nfar away\n");
    Files.writeString(
        remote.resolve("episode.yaml"), "media: {audio: 'https://media.test/a.mp3'}\n");
    Path broken = Files.createDirectory(corpus.resolve("broken"));
    Files.writeString(broken.resolve("talk.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nbroken\n");
    Files.writeString(broken.resolve("episode.yaml"), "media: {audio: a.mp3}\n");
    // A list of other files is no recording, whatever it is called.
    Files.writeString(
        broken.resolve("a.mp3"), "#EXTM3U\n#EXTINF:5,\n" + tone + "\n#EXT-X-ENDLIST\n");
    Path outside = Files.createDirectory(corpus.resolve("outside"));
    Files.writeString(outside.resolve("talk.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nout\n");
    Files.writeString(outside.resolve("episode.yaml"), "media: {audio: ../../tone.wav}\n");
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

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  /** 30 seconds, of which second n is a tone of 300 + 100 n Hz. */
  private static void writeTone(Path file) throws IOException {
    byte[] tone = new byte[RATE * SECONDS];
    double phase = 0;
    for (int i = 0; i < tone.length; i++) {
      phase += 2 * Math.PI * (300 + 100 * (i / RATE)) / RATE;
      tone[i] = (byte) (128 + 60 * Math.sin(phase));
    }
    AudioFormat format = new AudioFormat(RATE, 8, 1, false, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(tone), format, tone.length),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }

  private static void talk(
      Path corpus, String id, String type, Path tone, String name, String... options)
      throws Exception {
    Path talk = Files.createDirectory(corpus.resolve(id));
    StringBuilder cues = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < SECONDS; i += 3) {
      cues.append(
          "\n00:%02d.000 --> 00:%02d.000\n<v Ada Quist>said at %d\n".formatted(i, i + 3, i));
    }
    Files.writeString(talk.resolve("talk.vtt"), cues);
    Files.writeString(
        talk.resolve("episode.yaml"),
        "id: " + id + "\nmedia: { " + type + ": \"" + name + "\" }\n");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin"));
    command.addAll(List.of("-i", tone.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-ac", "1", "file:" + talk.resolve(name)));
    Foreign.run(folder, "", command.toArray(String[]::new));
  }

  private static HttpResponse<byte[]> post(String body, String... headers) throws Exception {
    return post(server, body, headers);
  }

  private static HttpResponse<byte[]> post(EarmarkServer at, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + "/api/v1/clips"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String asked(String episode, Object from, Object to, String form) {
    return "{\"episode\": \"%s\", \"from\": \"%s\", \"to\": \"%s\"%s}"
        .formatted(episode, from, to, form == null ? "" : ", \"form\": \"" + form + "\"");
  }

  private static Path saved(HttpResponse<byte[]> response, String extension) throws IOException {
    assertThat(response.statusCode())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    Path file = Files.createTempFile(folder, "clip", "." + extension);
    return Files.write(file, response.body());
  }

  private static void isCutExactly(Path clip, double from, double to) throws Exception {
    double length =
        Double.parseDouble(
            Foreign.run(
                    folder,
                    "",
                    "ffprobe",
                    "-v",
                    "error",
                    "-show_entries",
                    "format=duration",
                    "-of",
                    "csv=p=0",
                    clip.toString())
                .strip());
    assertThat(length).isBetween(to - from - 0.05, to - from + 0.05);
    Path wave = Files.createTempFile(folder, "clip", ".wav");
    Foreign.run(
        folder,
        "",
        "ffmpeg",
        "-v",
        "error",
        "-nostdin",
        "-y",
        "-i",
        clip.toString(),
        "-vn",
        "-ar",
        Integer.toString(RATE),
        "-ac",
        "1",
        "-c:a",
        "pcm_s16le",
        wave.toString());
    try (AudioInputStream in = AudioSystem.getAudioInputStream(wave.toFile())) {
      byte[] bytes = in.readAllBytes();
      // In the middle of each tenth of a second, away from where the tone changes.
      for (double at = from + 0.1; at < to - 0.1; at += 0.1) {
        if (at % 1 > 0.1 && at % 1 < 0.8) {
          assertThat(tone(bytes, at - from))
              .as("at " + at)
              .isBetween(270 + 100 * (int) at, 330 + 100 * (int) at);
        }
      }
    }
  }

  /** The tone in a twentieth of a second. */
  private static int tone(byte[] bytes, double second) {
    int first = (int) (second * RATE);
    int crossings = 0;
    for (int i = first + 1; i < first + RATE / 20; i++) {
      crossings += sample(bytes, i - 1) < 0 && sample(bytes, i) >= 0 ? 1 : 0;
    }
    return crossings * 20;
  }

  private static int sample(byte[] bytes, int at) {
    return (short) ((bytes[2 * at] & 0xFF) | bytes[2 * at + 1] << 8);
  }

  @ParameterizedTest
  @CsvSource({
    "mp3,audio/mpeg",
    "m4a,audio/mp4",
    "ogg,audio/ogg",
    "flac,audio/flac",
    "wav,audio/wav",
    "mp4,video/mp4",
    "webm,video/webm"
  })
  void isCutWhereItWasAsked(String form, String type) throws Exception {
    HttpResponse<byte[]> response = post(asked(form, "0:07.4", "11.65", null));
    Path clip = saved(response, form);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"" + form + "-7.4." + form + "\"");
    isCutExactly(clip, 7.4, 11.65);
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "m4a", "mp4", "ogg"})
  void anyLengthIsKept(String form) {
    Seeds.each(
        3,
        random -> {
          double from = random.nextInt(25_000) / 1000.0;
          double to = from + 0.5 + random.nextInt(4_000) / 1000.0;
          isCutExactly(saved(post(asked(form, from, to, null)), form), from, to);
        });
  }

  /** The first frame of MP3 after a jump lacks what it needs of the frames before it. */
  @Test
  void nothingIsSilentAtTheBeginning() throws Exception {
    isCutExactly(saved(post(asked("mp3", 21.293, 21.83, null)), "mp3"), 21.293, 21.83);
    isCutExactly(saved(post(asked("mp3", 0.2, 0.9, null)), "mp3"), 0.2, 0.9);
  }

  @Test
  void audioIsCutOutOfAVideoAsWell() throws Exception {
    isCutExactly(saved(post(asked("mp4", 3, 9, "mp3")), "mp3"), 3, 9);
  }

  @Test
  void captionsComeAlong() throws Exception {
    String vtt = new String(post(asked("mp3", 7, 13, "vtt")).body(), StandardCharsets.UTF_8);
    assertThat(vtt)
        .isEqualTo(
            "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ada Quist>said at 6\n"
                + "\n00:00:02.000 --> 00:00:05.000\n<v Ada Quist>said at 9\n"
                + "\n00:00:05.000 --> 00:00:06.000\n<v Ada Quist>said at 12\n");
    assertThat(Foreign.read("vtt", vtt)).hasSize(3);
    Map<String, byte[]> packed = new TreeMap<>();
    HttpResponse<byte[]> response = post(asked("mp3", 7, 13, "zip"));
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        packed.put(each.getName(), zip.readAllBytes());
      }
    }
    assertThat(packed).containsOnlyKeys("mp3-7.mp3", "mp3-7.srt", "mp3-7.vtt");
    assertThat(packed.get("mp3-7.vtt")).asString().isEqualTo(vtt);
    String srt = new String(packed.get("mp3-7.srt"), StandardCharsets.UTF_8);
    assertThat(Foreign.read("srt", srt).path("cues").asInt()).isEqualTo(3);
    isCutExactly(
        Files.write(Files.createTempFile(folder, "packed", ".mp3"), packed.get("mp3-7.mp3")),
        7,
        13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{}|the body lacks episode",
        "400|no JSON|the body must be JSON",
        "400|null|the body must be JSON",
        "400|{\"episode\": \"mp3\", \"from\": \"x\", \"to\": \"3\"}|from must be a time",
        "400|{\"episode\": \"mp3\", \"from\": 5, \"to\": 5}|to must be later than from",
        "400|{\"episode\": \"mp3\", \"from\": 0, \"to\": 601}|a clip may be 10 minutes long",
        "400|{\"episode\": \"mp3\", \"from\": 28, \"to\": 33}|is 0:30 long; end before that",
        "400|{\"episode\": \"mp3\", \"from\": 31, \"to\": 33}|is 0:30 long; begin before that",
        "400|{\"episode\": \"mp3\", \"from\": 1, \"to\": 3, \"form\": \"exe\"}|form must be one of",
        "404|{\"episode\": \"nobody\", \"from\": 1, \"to\": 3}|there is no episode",
        "404|{\"episode\": \"remote\", \"from\": 1, \"to\": 3}|no media file of",
        "404|{\"episode\": \"outside\", \"from\": 1, \"to\": 3}|no media file of",
        "404|{\"episode\": \"mp3\", \"from\": 1, \"to\": 3, \"form\": \"mp4\"}|no video file of",
        "422|{\"episode\": \"broken\", \"from\": 1, \"to\": 3}|the recording cannot be cut",
      })
  void whatCannotBeCutIsSaid(int status, String body, String message) throws Exception {
    HttpResponse<byte[]> response = post(body);
    String told = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(told).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(told).contains(message).doesNotContain(folder.toString());
    nothingIsLeft();
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws Exception {
    assertThat(post(asked("mp3", 1, 2, null), "Origin", "https://other.test").statusCode())
        .isEqualTo(403);
    assertThat(
            post(asked("mp3", 1, 2, null), "Origin", "http://127.0.0.1:" + server.port())
                .statusCode())
        .isEqualTo(200);
  }

  private static EarmarkServer with(Clipper clipper) {
    ServerSettings settings = ServerSettings.local(0);
    return EarmarkServer.start(engine, settings, Guard.of(settings), clipper);
  }

  @Test
  void aMissingProgramIsNamedWithTheRemedy() throws Exception {
    Clipper none = new Clipper("no-such-ffmpeg", "no-such-ffprobe", 1, Duration.ofSeconds(9));
    try (EarmarkServer without = with(none)) {
      HttpResponse<byte[]> response = post(without, asked("mp3", 1, 2, null));
      assertThat(response.statusCode()).isEqualTo(501);
      assertThat(response.body()).asString().contains("apt-get install ffmpeg");
      // Captions need no program.
      assertThat(post(without, asked("mp3", 1, 2, "srt")).statusCode()).isEqualTo(200);
    }
  }

  /** Stands in for ffmpeg on a long recording: it writes down its number and never ends. */
  private static Path slow(String name) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(program, "#!/bin/sh\necho $$ > " + program + ".pid\nexec sleep 600\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  private static boolean runs(Path program) throws IOException {
    Path pid = Path.of(program + ".pid");
    return Files.exists(pid)
        && !Files.readString(pid).isBlank()
        && ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .map(ProcessHandle::isAlive)
            .orElse(false);
  }

  @Test
  void whoHangsUpStopsTheWork() throws Exception {
    Path program = slow("hang-up");
    Clipper clipper = new Clipper(program.toString(), "ffprobe", 1, Duration.ofMinutes(5));
    try (EarmarkServer busy = with(clipper)) {
      try (Socket socket = new Socket("127.0.0.1", busy.port())) {
        String body = asked("mp3", 1, 2, null);
        socket
            .getOutputStream()
            .write(
                ("POST /api/v1/clips HTTP/1.1\r\nHost: x\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.US_ASCII));
        await(() -> runs(program));
        // Others are told to come back.
        HttpResponse<byte[]> other = post(busy, asked("mp3", 1, 2, null));
        assertThat(other.statusCode()).isEqualTo(503);
        assertThat(other.body()).asString().contains("other clips are being cut");
        assertThat(other.headers().firstValue("Retry-After")).isPresent();
        assertThat(runs(program)).isTrue();
      }
      await(() -> !runs(program));
      nothingIsLeft();
    }
  }

  @Test
  void whatTakesTooLongIsStopped() throws Exception {
    Path program = slow("too-long");
    Clipper clipper = new Clipper(program.toString(), "ffprobe", 1, Duration.ofSeconds(1));
    try (EarmarkServer busy = with(clipper)) {
      HttpResponse<byte[]> response = post(busy, asked("mp3", 1, 2, null));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).asString().contains("takes too long to cut");
      assertThat(runs(program)).isFalse();
      nothingIsLeft();
    }
  }

  @Test
  void manyAtOnceAreCutOrToldToWait() throws Exception {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String body = asked("mp4", i, i + 20, null);
      answers.add(
          CompletableFuture.supplyAsync(() -> {
            try {
              return post(body).statusCode();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }));
    }
    List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
    assertThat(statuses).contains(200).isSubsetOf(200, 503);
    nothingIsLeft();
  }

  private static void nothingIsLeft() throws Exception {
    await(() -> {
      try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        return files.noneMatch(each -> each.getFileName().toString().startsWith("earmark-clip"));
      }
    });
  }

  /** Waits for something to be so; fails if it is not after a while. */
  private static void await(Callable<Boolean> condition) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("when patience ends").isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}

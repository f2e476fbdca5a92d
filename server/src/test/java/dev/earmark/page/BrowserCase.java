package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser before a real server: over the seeds, a talk with a real recording, and a talk
 * whose makers mean no good.
 *
 * <p>After each test nothing may have been complained of in the console, and no other server asked.
 */
@Tag("browser")
public abstract class BrowserCase {
  static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final int SAMPLES_PER_SECOND = 8_000;
  private static final int SECONDS = 60;
  private static final double PATIENCE_MS = 60_000;

  @TempDir static Path folder;
  static LuceneSearchEngine engine;
  static EarmarkServer server;
  private static Playwright playwright;
  private static Browser browser;

  final List<String> complaints = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private final List<HttpServer> elsewhere = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    writeTides(corpus);
    writeHostile(corpus);
    writeShelf(corpus);
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
    // What is suggested is gathered once somebody asks.
    engine.suggest("tide", 1);
    playwright = Playwright.create();
    browser = launch(playwright);
  }

  /** The browser of the tests, wherever it is installed. */
  public static Browser launch(Playwright playwright) {
    String chromium = System.getenv("EARMARK_CHROMIUM");
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of(chromium == null ? "/usr/bin/chromium" : chromium))
                .setArgs(
                    List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--autoplay-policy=no-user-gesture-required")));
  }

  /** A talk of a minute with a tone for its recording, chapters, and two who speak. */
  private static void writeTides(Path corpus) throws IOException {
    Path talk = Files.createDirectories(corpus.resolve("tides"));
    Files.writeString(
        talk.resolve("episode.yaml"),
        """
        id: tides
        title: How Tide Tables Were Made
        show: Slow Instruments
        date: 2025-11-04
        duration: 1:00
        language: en
        speakers: [ {name: Ines Marlow, role: host}, {name: Tomas Okell, role: guest} ]
        topics: [tides, analogue computing]
        media: { audio: tone.wav }
        """);
    Files.writeString(
        talk.resolve("talk.vtt"),
        """
        WEBVTT

        00:00.000 --> 00:06.000
        <v Ines Marlow>Welcome back. Today a machine of brass that could predict the sea.

        00:06.000 --> 00:20.000
        <v Tomas Okell>Each wheel stands for one pull of the moon, and a chain adds them up in every harbour.

        00:20.000 --> 00:30.000
        <v Ines Marlow>And before that machine, how long did people need for a table?

        00:30.000 --> 00:44.000
        <v Tomas Okell>Months. They had to do it again for each harbour, since each has its own delays.

        00:44.000 --> 01:00.000
        <v Ines Marlow>So a harbour is a list of numbers, and out comes the water.
        """);
    Files.writeString(
        talk.resolve("chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "A machine of brass"},
          {"startTime": 30, "title": "A harbour is a list"}]}
        """);
    byte[] tone = new byte[SAMPLES_PER_SECOND * SECONDS];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (byte) (128 + 30 * Math.sin(2 * Math.PI * 220 * i / SAMPLES_PER_SECOND));
    }
    AudioFormat format = new AudioFormat(SAMPLES_PER_SECOND, 8, 1, false, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(tone), format, tone.length),
        AudioFileFormat.Type.WAVE,
        talk.resolve("tone.wav").toFile());
  }

  private static void writeHostile(Path corpus) throws IOException {
    Path talk = Files.createDirectories(corpus.resolve("hostile"));
    Files.writeString(
        talk.resolve("episode.yaml"),
        """
        id: hostile
        title: '<img src=x onerror="window.hacked=1"> & "quoted"'
        show: '</script><script>window.hacked=1</script>'
        date: 2025-01-02
        topics: ['<b>bold</b>']
        """);
    Files.writeString(
        talk.resolve("talk.json"),
        """
        {"version": "1.0.0", "segments": [
          {"speaker": "<script>window.hacked=1</script>", "startTime": 0, "endTime": 5,
           "body": "A lighthouse </p><img src=x onerror=window.hacked=1> blinks."},
          {"speaker": "'\\"><svg onload=window.hacked=1>", "startTime": 5, "endTime": 9,
           "body": "The lighthouse ${7*7} {{7*7}} answers."}]}
        """);
  }

  /** Talks of several shows and years: what is asked of a shelf cannot be asked of one talk. */
  private static void writeShelf(Path corpus) throws IOException {
    talk(
        corpus,
        "lights",
        "id: lights\n"
            + "title: Keeping the Light\n"
            + "show: Slow Instruments\n"
            + "date: 2021-03-02\n"
            + "language: en",
        """
        WEBVTT

        00:01.000 --> 00:08.000
        <v Ines Marlow>A lighthouse keeper writes down every ship that makes the harbour.

        00:08.000 --> 00:15.000
        <v Odile Brandt>And the barometer, four times a day.

        00:15.000 --> 00:24.000
        <v Ines Marlow>The barometer falls, and nobody leaves the harbour.
        """);
    talk(
        corpus,
        "glass",
        "id: glass\n"
            + "title: Weather in a Glass\n"
            + "show: Cloud Atlas Hour\n"
            + "date: 2022-09-14\n"
            + "language: en",
        """
        WEBVTT

        00:02.000 --> 00:09.000
        <v Pavel Drozd>The first barometer was a tube of mercury on a staircase.

        00:09.000 --> 00:16.000
        <v Odile Brandt>A barometer in every harbour, that was the plan of the admiral.

        00:16.000 --> 00:23.000
        <v Pavel Drozd>Storm warnings came by telegraph.
        """);
    talk(
        corpus,
        "undated",
        "id: undated\ntitle: A Lost Reel\nshow: Cloud Atlas Hour\nlanguage: en",
        """
        WEBVTT

        00:01.000 --> 00:06.000
        <v Odile Brandt>Every harbour has its own barometer, they say.

        00:10.000 --> 00:16.000
        The harbour bell rings.
        """);
    talk(
        corpus,
        "rain",
        "id: rain\ntitle: كتاب المطر\nshow: حديث الطقس\ndate: 2024-05-05\nlanguage: ar",
        """
        WEBVTT

        00:01.000 --> 00:06.000
        <v ليلى حداد>نقيس المطر كل صباح في الميناء.

        00:06.000 --> 00:12.000
        <v سامر نجم>ثم نكتب في الدفتر كم سقط من المطر.
        """);
  }

  private static void talk(Path corpus, String name, String manifest, String captions)
      throws IOException {
    Path folder = Files.createDirectories(corpus.resolve(name));
    Files.writeString(folder.resolve("episode.yaml"), manifest + '\n');
    Files.writeString(folder.resolve("talk.vtt"), captions);
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    playwright.close();
    server.close();
    engine.close();
  }

  @AfterEach
  void nothingWasComplainedOfAndNobodyElseAsked() {
    browser.contexts().forEach(BrowserContext::close);
    elsewhere.forEach(site -> site.stop(0));
    assertThat(complaints).as("console errors").isEmpty();
    assertThat(foreign).as("requests to others").isEmpty();
  }

  static Browser.NewContextOptions wide() {
    return new Browser.NewContextOptions().setViewportSize(1280, 900);
  }

  static Browser.NewContextOptions narrow() {
    return new Browser.NewContextOptions().setViewportSize(390, 844);
  }

  Page open(String path, Browser.NewContextOptions options) {
    Page page = blank(options, address(""));
    page.navigate(address(path));
    return page;
  }

  /** A page of another site. */
  Page openElsewhere(String html, Browser.NewContextOptions options) {
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    try {
      HttpServer site =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      site.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      site.start();
      elsewhere.add(site);
      // The name makes it another site than ours, which is asked for by its number.
      String address = "http://localhost:" + site.getAddress().getPort() + "/";
      Page page = blank(options, address);
      page.navigate(address);
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Page blank(Browser.NewContextOptions options, String site) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(address(""))
          && !request.url().startsWith("data:")
          && !request.url().startsWith(site)) {
        foreign.add(request.url());
      }
    });
    return page;
  }

  Page open(String path) {
    return open(path, wide());
  }

  /** Waits for an expression to hold; the policy of our pages forbids the browser to poll it. */
  static void until(Page page, String expression) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
  }

  static String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }
}

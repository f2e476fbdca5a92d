package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Speaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds on disk, their items and what those link to. */
class FeedTest {
  private static final String OPEN =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
           xmlns:podcast="https://podcastindex.org/namespace/1.0">
      <channel>
      <title>Harbour &amp; Bay</title>
      <language>en-us</language>
      """;
  private static final String CLOSE = "</channel></rss>\n";

  @TempDir Path folder;

  private CorpusScanner.Scan scan(String feed) throws IOException {
    return CorpusScanner.scan(List.of(Files.writeString(folder.resolve("feed.xml"), feed)));
  }

  private static String item(String guid, String more) {
    return "<item><title>Title of "
        + guid
        + "</title><guid>"
        + guid
        + "</guid>"
        + more
        + "</item>\n";
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static EpisodeDocument read(CorpusScanner.Scan scan) {
    return EpisodeReader.read(scan.episodes().getFirst(), Fetcher.none());
  }

  private static List<String> bodies(EpisodeDocument document, Kind kind) {
    return document.sources().stream()
        .flatMap(source -> source.moments().stream())
        .filter(moment -> moment.kind() == kind)
        .map(Moment::text)
        .toList();
  }

  @Test
  void eachItemIsAnEpisode() throws IOException {
    CorpusScanner.Scan scan =
        scan(OPEN + item("https://harbour.example/?p=12", "") + item("B 2", "") + CLOSE);
    assertThat(scan.episodes())
        .extracting(EpisodeInput::id)
        .containsExactly("harbour-example-p-12", "b-2");
    assertThat(scan.episodes().getFirst().origin())
        .isEqualTo(folder.resolve("feed.xml") + "#https://harbour.example/?p=12");
    EpisodeDocument document = read(scan);
    assertThat(document.episode().show()).isEqualTo("Harbour & Bay");
    assertThat(document.episode().title()).isEqualTo("Title of https://harbour.example/?p=12");
    assertThat(document.episode().language()).isEqualTo("en-us");
    assertThat(scan.problems()).isEmpty();
    assertThat(scan.feeds()).containsExactly(folder.resolve("feed.xml").toString());
  }

  @Test
  void filesBesideTheFeedAreItsTranscriptsAndChapters() throws IOException {
    write("t/12 a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nThe tide comes in.\n");
    write(
        "c.json",
        "{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":0,\"title\":\"From the file\"}]}");
    CorpusScanner.Scan scan =
        scan(
            OPEN
                + item(
                    "12",
                    "<podcast:transcript url=\"t/12%20a.vtt\" type=\"text/vtt\"/>"
                        + "<podcast:chapters url=\"c.json\" type=\"application/json+chapters\"/>"
                        + "<description>0:00 From the notes\n5:00 And on\n</description>")
                + CLOSE);
    EpisodeDocument document = read(scan);
    assertThat(document.problems()).isEmpty();
    assertThat(bodies(document, Kind.SEGMENT)).containsExactly("The tide comes in.");
    assertThat(bodies(document, Kind.CHAPTER))
        .as("a document of chapters counts, not the list in the notes")
        .containsExactly("From the file");
    assertThat(document.sources())
        .extracting(SourceDocument::name)
        .containsExactly("feed", "12 a.vtt", "c.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.vtt",
        "/etc/passwd",
        "file:///etc/passwd",
        "%2e%2e/secret.vtt",
        "link/secret.vtt",
        "//host/x",
        "jar:file:x!/y",
        ""
      })
  void aFeedOnDiskReachesNothingOutsideItsFolder(String link) throws IOException {
    Files.writeString(folder.resolve("secret.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nsecret\n");
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.createSymbolicLink(inner.resolve("link"), folder);
    Path feed = inner.resolve("feed.xml");
    Files.writeString(
        feed,
        OPEN + item("1", "<podcast:transcript url=\"" + link + "\" type=\"text/vtt\"/>") + CLOSE);
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(feed));
    EpisodeDocument document = read(scan);
    assertThat(bodies(document, Kind.SEGMENT)).isEmpty();
    if (!link.isEmpty()) {
      assertThat(scan.problems()).extracting(Problem::code).containsExactly("bad-link");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What is there (type language), in the order of the feed, and which is read.
        "text/html en, text/vtt en, application/json en | 2",
        "text/plain en, application/srt en | 1",
        "application/x-subrip en, text/vtt en | 1",
        "application/json es, text/vtt en | 1",
        "application/json es, text/vtt | 1",
        "text/plain en-GB, application/json de | 0",
        "application/json es, text/vtt de | 0",
        "text/unknown en, text/html en | 1",
      })
  void theBestOfSeveralTranscripts(String transcripts, int best) throws IOException {
    StringBuilder links = new StringBuilder();
    int number = 0;
    for (String transcript : transcripts.split(", ")) {
      String[] parts = transcript.strip().split(" ");
      links.append("<podcast:transcript url=\"t%d\" type=\"%s\"".formatted(number++, parts[0]));
      links.append(parts.length > 1 ? " language=\"" + parts[1] + "\"/>" : "/>");
    }
    CorpusScanner.Scan scan = scan(OPEN + item("1", links.toString()) + CLOSE);
    SourceInput transcript = scan.episodes().getFirst().sources().get(1);
    assertThat(transcript.places()).as("all of them, the best first").hasSize(number);
    assertThat(transcript.places().getFirst().name()).isEqualTo("t" + best);
  }

  @Test
  void aTypeThatIsWrongDoesNotMatter() throws IOException {
    write("1.vtt", "1\n00:00:01,000 --> 00:00:03,000\nAda: It is SubRip.\n");
    EpisodeDocument document =
        read(
            scan(
                OPEN
                    + item("1", "<podcast:transcript url=\"1.vtt\" type=\"application/json\"/>")
                    + CLOSE));
    assertThat(bodies(document, Kind.SEGMENT)).hasSize(1).first().asString().contains("SubRip");
    assertThat(document.sources().get(1).format()).isEqualTo("srt");
  }

  @Test
  void ifTheBestTranscriptCannotBeReadTheNextIs() throws IOException {
    write("bad.json", "{\"segments\": [");
    write("good.srt", "1\n00:00:01,000 --> 00:00:03,000\nRead instead.\n");
    EpisodeDocument document =
        read(
            scan(
                OPEN
                    + item(
                        "1",
                        "<podcast:transcript url=\"bad.json\" type=\"application/json\"/>"
                            + "<podcast:transcript url=\"gone.vtt\" type=\"text/vtt\"/>"
                            + "<podcast:transcript url=\"good.srt\" type=\"application/srt\"/>")
                    + CLOSE));
    assertThat(bodies(document, Kind.SEGMENT)).containsExactly("Read instead.");
    assertThat(document.problems())
        .hasSize(2)
        .allMatch(problem -> problem.severity() == Problem.Severity.WARNING);
  }

  @Test
  void peopleOfAnItemReplaceThoseOfTheChannel() throws IOException {
    String channel =
        "<podcast:person role=\"host\">Mara</podcast:person><itunes:author>Radio</itunes:author>";
    CorpusScanner.Scan scan =
        scan(
            OPEN
                + item("1", "")
                + channel
                + item("2", "<podcast:person role=\"guest\">Ada</podcast:person>")
                + CLOSE);
    assertThat(read(scan).episode().speakers()).containsExactly(new Speaker("Mara", "host"));
    assertThat(EpisodeReader.read(scan.episodes().get(1)).episode().speakers())
        .containsExactly(new Speaker("Ada", "guest"));
  }

  @Test
  void prefixesMeanNothingNamespacesDo() throws IOException {
    write("t.srt", "1\n00:00:01,000 --> 00:00:03,000\nFound.\n");
    EpisodeDocument document =
        read(
            scan(
                """
                <rss xmlns:p2="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
                     xmlns:apple="http://www.itunes.com/DTDs/Podcast-1.0.dtd">
                <channel><title>S</title><item><guid>1</guid>
                <apple:duration>10:00</apple:duration>
                <p2:transcript url="t.srt" type="application/srt"/>
                <p2:soundbite startTime="1" duration="2">A bite</p2:soundbite>
                </item></channel></rss>
                """));
    assertThat(document.episode().durationMs()).isEqualTo(600_000);
    assertThat(bodies(document, Kind.SEGMENT)).containsExactly("Found.");
    assertThat(bodies(document, Kind.QUOTE)).containsExactly("A bite");
  }

  @Test
  void atomAndRdfFeedsAreReadToo() throws IOException {
    assertThat(
            scan("""
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Atom show</title>
            <entry><id>tag:x,2026:1</id><title>One</title>
            <link rel="enclosure" type="audio/mpeg" href="https://x.example/1.mp3"/></entry>
            </feed>
            """)
                .episodes())
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.id()).isEqualTo("tag-x-2026-1");
          assertThat(EpisodeReader.read(episode).episode().media().audio())
              .isEqualTo("https://x.example/1.mp3");
        });
    assertThat(
            scan("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                     xmlns="http://purl.org/rss/1.0/">
            <channel><title>Old show</title></channel>
            <item><title>One</title><link>https://x.example/1</link></item>
            </rdf:RDF>
            """)
                .episodes())
        .singleElement()
        .satisfies(episode -> {
          assertThat(episode.id()).isEqualTo("x-example-1");
          assertThat(episode.group()).isEqualTo("Old show");
        });
  }

  @Test
  void oneGuidForAllItemsStillGivesAllItems() throws IOException {
    CorpusScanner.Scan scan =
        scan(
            OPEN
                + item("same", "<link>https://a</link>")
                + item("same", "<link>https://b</link>")
                + item("same", "<link>https://b</link>")
                + CLOSE);
    assertThat(scan.episodes()).hasSize(2);
    assertThat(scan.episodes()).extracting(EpisodeInput::id).doesNotHaveDuplicates();
    assertThat(scan.problems()).extracting(Problem::code).contains("guid-given-twice");
  }

  @Test
  void carelessXmlIsRead() throws IOException {
    CorpusScanner.Scan scan =
        scan(
            OPEN
                + item("1", "<description>Salt & pepper &nbsp; <b>bold &eacute;</description>")
                + "<stray>"
                + item("2", "<description><![CDATA[<p>Fine</p>]]></description>"));
    assertThat(scan.episodes()).hasSizeGreaterThanOrEqualTo(1);
    assertThat(read(scan).episode().title()).isEqualTo("Title of 1");
  }

  @Test
  void entitiesOfADocumentTypeAreNotExpanded() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "top secret");
    CorpusScanner.Scan scan =
        scan(
            "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
                + "<!ENTITY file SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + "<rss><channel><title>&b;</title>"
                + item("1", "<description>&file; &b;</description>")
                + CLOSE);
    assertThat(scan.episodes()).hasSize(1);
    EpisodeDocument document = read(scan);
    assertThat(bodies(document, Kind.NOTE).toString()).doesNotContain("secret text", "aaaa", "top");
    assertThat(document.episode().show()).doesNotContain("aaaa");
  }

  @Test
  void otherDocumentsAreNoFeeds() throws IOException {
    CorpusScanner.Scan scan = scan("<html><body>Log in</body></html>");
    assertThat(scan.feeds()).isEmpty();
    assertThat(Feed.isFeed("<!-- <rss> --><opml/>")).isFalse();
    assertThat(Feed.isFeed("<?xml version='1.0'?>\n<!-- x > y -->\n<rss version='2.0'>")).isTrue();
    assertThat(Feed.isFeed("{\"rss\": 1}")).isFalse();
    assertThat(Feed.isFeed("<")).isFalse();
  }

  @Test
  void anEncodingThatIsDeclaredIsUsed() throws IOException {
    Path feed = folder.resolve("feed.xml");
    Files.write(
        feed,
        ("<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><title>Привет</title>"
                + item("1", "")
                + CLOSE)
            .getBytes("windows-1251"));
    assertThat(CorpusScanner.scan(List.of(feed)).episodes().getFirst().group()).isEqualTo("Привет");
  }

  @Test
  void hugeAndDeepFeedsAreCutInLinearTime() {
    long start = System.nanoTime();
    for (String feed :
        List.of(
            OPEN + "<a/>".repeat(2_000_000),
            OPEN + "<a>".repeat(2_000_000),
            OPEN + "<item>" + "<guid>1</guid>".repeat(1_000_000),
            OPEN + "<item><guid>1</guid>" + "<x y='1' ".repeat(500_000),
            OPEN + item("1", "<description>" + "x".repeat(20_000_000) + "</description>") + CLOSE,
            OPEN
                + item("1", "<description>" + "&lt;b>".repeat(300_000) + "</description>")
                + CLOSE)) {
      ProblemLog problems = new ProblemLog("feed");
      for (Feed.Item item : Feed.read(feed, problems).items()) {
        EpisodeInput input =
            new EpisodeInput(
                "x",
                "x",
                "",
                null,
                dev.earmark.model.EpisodeFields.NONE,
                List.of(
                    new SourceInput(
                        List.of(
                            new SourceRef.Given(
                                "feed", "x", item.xml().getBytes(StandardCharsets.UTF_8))),
                        "feed-item",
                        null)));
        EpisodeReader.read(input);
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void aFeedCutOrChangedAnywhereIsStillNoException() {
    String feed =
        OPEN
            + item(
                "1",
                "<itunes:duration>1:00</itunes:duration><pubDate>Fri, 09 Oct 2020 04:30:38"
                    + " GMT</pubDate><podcast:transcript url=\"t.vtt\""
                    + " type=\"text/vtt\"/><podcast:soundbite startTime=\"1\""
                    + " duration=\"2\">A</podcast:soundbite><description><![CDATA[<p>0:00 A<br>1:00"
                    + " B</p>]]></description>")
            + CLOSE;
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder broken = new StringBuilder(feed);
      if (i % 2 == 0) {
        broken.setLength(i / 2 % feed.length());
      }
      for (int n = random.nextInt(4); n > 0 && !broken.isEmpty(); n--) {
        broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(128));
      }
      ProblemLog problems = new ProblemLog("feed");
      for (Feed.Item item : Feed.read(broken.toString(), problems).items()) {
        EpisodeDocument document =
            EpisodeReader.read(
                new EpisodeInput(
                    "x",
                    "x",
                    "",
                    null,
                    dev.earmark.model.EpisodeFields.NONE,
                    List.of(
                        new SourceInput(
                            List.of(
                                new SourceRef.Given(
                                    "feed", "x", item.xml().getBytes(StandardCharsets.UTF_8))),
                            "feed-item",
                            null))));
        assertThat(document.problems())
            .as("seed 7, round " + i)
            .noneMatch(problem -> problem.code().equals("format-failed"));
      }
    }
  }

  /** All elements of the podcast namespace that say something of an episode, in one feed. */
  @Test
  void whatTheWholeNamespaceSaysOfAnEpisodeIsRead() throws IOException {
    write("ep3/plain.txt", "The lamp is lit, and the boat is in.\n");
    write("ep3/captions.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nThe lamp is lit.\n");
    write(
        "ep3/chapters.json",
        "{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":0,\"title\":\"The lamp\"}]}");
    String live =
        """
        <podcast:liveItem status="live" start="2025-09-26T07:30:00Z"><title>On air</title>
        <guid>live</guid></podcast:liveItem>
        """;
    String third =
        """
        <podcast:season name="Lights">1</podcast:season><podcast:episode>3</podcast:episode>
        <enclosure url="https://harbour.example/3.mp3" length="1000" type="audio/mpeg"/>
        <podcast:chapters url="ep3/chapters.json" type="application/json+chapters"/>
        <podcast:soundbite startTime="1.5" duration="2.0">Listen to the lamp</podcast:soundbite>
        <podcast:transcript url="ep3/plain.txt" type="text/plain"/>
        <podcast:transcript url="ep3/captions.vtt" type="text/vtt" language="en" rel="captions"/>
        <podcast:person href="https://harbour.example/mara">Mara Holt</podcast:person>
        <podcast:person role="guest">Ben Orr</podcast:person>
        <podcast:person group="visuals" role="cover art designer">Cy Sea</podcast:person>
        <podcast:alternateEnclosure type="audio/opus" length="900">
          <podcast:source uri="https://harbour.example/3.opus"/>
        </podcast:alternateEnclosure>
        <podcast:alternateEnclosure type="video/mp4" height="720">
          <podcast:source uri="https://harbour.example/3-720.mp4"/>
        </podcast:alternateEnclosure>
        """;
    CorpusScanner.Scan scan =
        scan(OPEN + live + item("3", third) + item("2", "") + item("1", "") + CLOSE);
    assertThat(scan.problems()).isEmpty();
    assertThat(scan.episodes()).extracting(EpisodeInput::id).containsExactly("3", "2", "1");
    EpisodeDocument document = read(scan);
    assertThat(document.problems()).isEmpty();
    assertThat(document.episode().show()).isEqualTo("Harbour & Bay");
    assertThat(document.episode().number()).isEqualTo(3);
    assertThat(document.episode().speakers())
        .extracting(Speaker::name)
        .as("those who speak, and not those who draw")
        .containsExactly("Mara Holt", "Ben Orr");
    assertThat(document.episode().media().audio()).isEqualTo("https://harbour.example/3.mp3");
    assertThat(document.episode().media().video()).isEqualTo("https://harbour.example/3-720.mp4");
    assertThat(bodies(document, Kind.QUOTE)).containsExactly("Listen to the lamp");
    assertThat(bodies(document, Kind.CHAPTER)).containsExactly("The lamp");
    assertThat(bodies(document, Kind.SEGMENT)).containsExactly("The lamp is lit.");
  }

  @Test
  void theExampleOfThePodcastNamespaceIsRead() throws IOException {
    Path example = Path.of("../../shared/corpora/sample/podcast-namespace/example.xml");
    assumeTrue(
        Files.isRegularFile(example),
        "that the example feed of the podcast namespace is read ("
            + example
            + " is not there; a feed of our own with the same elements was read)");
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(example));
    assertThat(scan.problems()).isEmpty();
    assertThat(scan.episodes()).hasSize(3);
    EpisodeInput third = scan.episodes().getFirst();
    assertThat(third.sources().get(1).places())
        .extracting(SourceRef::location)
        .containsExactlyInAnyOrder(
            "https://example.com/ep3/transcript.txt",
            "https://example.com/episode1/transcript.vtt");
    EpisodeDocument document = EpisodeReader.read(third);
    assertThat(document.episode().show()).isEqualTo("Podcasting 2.0 Namespace Example");
    assertThat(document.episode().speakers())
        .extracting(Speaker::name)
        .containsExactly("Adam Curry", "Dave Jones");
    assertThat(document.episode().media().audio()).isEqualTo("https://example.com/file-03.mp3");
    assertThat(document.episode().media().video()).isEqualTo("https://example.com/file-720.mp4");
    assertThat(bodies(document, Kind.QUOTE)).isNotEmpty();
    assertThat(document.problems()).extracting(Problem::code).containsOnly("cannot-fetch");
  }

  @Test
  void feedsLinkToWhatTheySay() throws IOException {
    Path own = Path.of("src/test/resources/conformance");
    assertThat(linksAreThoseExpected(own)).isPositive();
  }

  @Test
  void theFeedsThatOthersTestWithLinkToWhatTheySay() throws IOException {
    Path others = Path.of("../../shared/conformance");
    assumeTrue(
        Files.isDirectory(others),
        "that the feeds of other projects' suites link to what those expect ("
            + others
            + " is not there; feeds of our own were read)");
    assertThat(linksAreThoseExpected(others)).isPositive();
  }

  /** Reads the feeds among some rows of inputs, and says how many there were. */
  private int linksAreThoseExpected(Path rows) throws IOException {
    int checked = 0;
    for (String line : Files.readAllLines(rows.resolve("cases.jsonl"))) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (!row.path("kind").asText().equals("feed")) {
        continue;
      }
      Path input =
          row.has("content")
              ? Files.writeString(
                  folder.resolve(row.get("name").asText()), row.get("content").asText())
              : rows.resolve(row.path("input").asText());
      CorpusScanner.Scan scan = CorpusScanner.scan(List.of(input));
      if (!Feed.isFeed(Files.readString(input))) {
        // The elements alone, in an element of a test's own: a document that is told to be none.
        assertThat(read(scan).problems())
            .extracting(Problem::code)
            .containsExactly("unknown-format");
        continue;
      }
      List<String> links =
          scan.episodes().stream()
              .flatMap(episode -> episode.sources().stream())
              .flatMap(source -> source.places().stream())
              .map(SourceRef::location)
              .filter(location -> location.startsWith("http"))
              .toList();
      List<String> expected = new ArrayList<>();
      for (String list : List.of("feed_transcripts", "feed_chapters")) {
        row.path("expect").path(list).forEach(link -> expected.add(link.path("url").asText()));
      }
      assertThat(links).as(row.path("id").asText()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(scan.problems()).isEmpty();
      checked++;
    }
    return checked;
  }

  @Test
  void moreProblemsThanAreListedAreCounted() {
    StringBuilder vtt = new StringBuilder("WEBVTT\n\n");
    for (int i = 0; i < 150; i++) {
      vtt.append(
          "00:%02d:%02d.000 --> 00:%02d:%02d.900\n[Music]\n\n"
              .formatted(i / 60, i % 60, i / 60, i % 60));
    }
    vtt.append("00:03:00.000 --> 00:03:01.000\nAt last.\n");
    SourceRef place =
        new SourceRef.Given("a.vtt", "a.vtt", vtt.toString().getBytes(StandardCharsets.UTF_8));
    EpisodeDocument document =
        EpisodeReader.read(
            new EpisodeInput(
                "a",
                "a",
                "",
                null,
                dev.earmark.model.EpisodeFields.NONE,
                List.of(new SourceInput(List.of(place), null, null))));
    assertThat(document.problems()).hasSize(101);
    assertThat(document.problems().getLast().message()).startsWith("50 more like the one on line ");
  }

  @Test
  void aFeedWithAnElementNameNobodyWroteIsReadUpToThere() {
    ProblemLog log = new ProblemLog("feed.xml");
    String note = "<description>It is here.</description>";
    String feed = OPEN + item("one", note) + "<b".repeat(2_000) + item("two", note) + CLOSE;
    assertThat(Feed.read(feed, log).items()).hasSize(1);
    assertThat(log.problems()).extracting(Problem::code).contains("bad-feed");
  }
}

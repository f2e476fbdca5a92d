package dev.earmark.cli;

import static dev.earmark.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Corpora;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The commands as somebody types them: what they print, and how they exit. */
@ResourceLock(Resources.SYSTEM_OUT)
class MainTest {
  @TempDir Path folder;

  @Test
  void indexesSearchesExportsAndChecks() {
    Path index = folder.resolve("index");
    Ran indexed = run("index", Corpora.SEEDS, "--index", index);
    assertThat(indexed.status()).isZero();
    assertThat(indexed.out()).isEmpty();
    assertThat(indexed.err()).contains("episodes: 1 new, 0 changed, 0 unchanged");

    Ran again = run("index", Corpora.SEEDS, "--index", index, "--json");
    assertThat(again.out()).contains("\"unchanged\" : 1").contains("\"added\" : 0");

    Ran found =
        run(
            "search",
            "\"zero time for bullshit\" kind:quote",
            "--index",
            index,
            "--speaker",
            "Dario Amodei");
    assertThat(found.status()).isZero();
    assertThat(found.out()).startsWith("21:25  quote  Dario Amodei");
    assertThat(found.out()).contains("\n    /e/dario-amodei-2026?t=1285&q=");
    assertThat(found.err()).contains("1 moment in");

    Ran json = run("search", "geniuses", "--index", index, "--json", "--limit", "1");
    assertThat(json.out()).startsWith("{\"query\":{\"text\":\"geniuses\"");

    // What was corrected is offered, or said to be alike; never taken for what was asked.
    Ran mistyped = run("search", "geniusses", "--index", index, "--limit", "1");
    assertThat(mistyped.err())
        .containsPattern("(none with these very words|did you mean: .*genius)");

    Ran exported = run("export", "dario-amodei-2026", "--as", "vtt", "--index", index);
    assertThat(exported.out()).startsWith("WEBVTT\n\n00:00:00.000 --> 00:01:21.000\n");

    Ran checked = run("check", "--index", index);
    assertThat(checked.status()).isZero();
    assertThat(checked.err()).contains("1 episode, ").contains("sound");
  }

  @Test
  void changingPagesNeedsACheckout() throws IOException {
    Path index = folder.resolve("index");
    run("index", Corpora.SEEDS, "--index", index);
    Ran ran = run("serve", "--dev", "--index", index, "--port", "0");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("--dev needs the templates of a checkout").contains("clone");
  }

  @Test
  void parsesAFileToALineACue() throws IOException {
    Path file = folder.resolve("talk.vtt");
    Files.writeString(file, "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ada>Hello there.\n");
    Ran ran = run("parse", file);
    assertThat(ran.out())
        .isEqualTo(
            "{\"start_ms\":1000,\"end_ms\":2500,\"speaker\":\"Ada\",\"text\":\"Hello there.\"}\n");
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBeInAGuessedEncoding() throws IOException {
    String captions = "1\n00:00:01,000 --> 00:00:03,000\nHello there, this is the harbour.\n";
    Path file =
        Files.write(folder.resolve("host.srt"), captions.getBytes(Charset.forName("IBM037")));
    assertThat(run("parse", file).err())
        .contains("no caption found", "the file is not UTF-8", "--encoding NAME");
    assertThat(run("parse", "--encoding", "IBM037", file.toString()).out())
        .contains("Hello there, this is the harbour.");
  }

  @Test
  void exportsTheCuesAsTheyCame() throws IOException {
    Path file = folder.resolve("cues.srt");
    Files.writeString(
        file,
        """
        1
        00:00:00,000 --> 00:00:03,000
        a --> b is an arrow
        over two lines

        2
        00:00:03,000 --> 00:00:06,000
        12

        3
        00:00:06,500 --> 00:00:09,000
        {\\an8}top <i>x</i> (laughs)

        4
        00:00:09,250 --> 00:00:10,000
        [Applause]
        """);
    Path index = folder.resolve("index");
    run("index", file, "--index", index);
    assertThat(run("export", "cues", "--as", "srt", "--index", index).out())
        .isEqualTo(
            """
            1
            00:00:00,000 --> 00:00:03,000
            a --> b is an arrow
            over two lines

            2
            00:00:03,000 --> 00:00:06,000
            12

            3
            00:00:06,500 --> 00:00:09,000
            top x (laughs)

            4
            00:00:09,250 --> 00:00:10,000
            [Applause]

            """);
    assertThat(run("export", "cues", "--as", "txt", "--index", index).out())
        .isEqualTo(
            """
            Cues

            [00:00:00.000 --> 00:00:03.000] a --> b is an arrow over two lines

            [00:00:03.000 --> 00:00:06.000] 12

            [00:00:06.500 --> 00:00:09.000] top x (laughs)

            [00:00:09.250 --> 00:00:10.000] [Applause]
            """);
  }

  @Test
  void listsFormats() {
    assertThat(run("formats").out()).contains("video-digest\n").contains("recognised by:");
  }

  @Test
  void parseExplainsWhichFormatWasTakenAndWhatWasNotRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("odd.md"),
            "00.01.12 the crane is broken\n\n00.02.12 nobody told me\n\n00.03.30 so we wait\n");
    Ran ran = run("parse", "--explain", file.toString());
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("odd.md: markdown")
        .contains("formats considered:", "> markdown", "fallback")
        .contains("why: nothing better was found")
        .contains("0 lines begin with a time or a name and a time")
        .contains("3 of 3 lines begin or end with something like a time, and none was read");
  }

  @Test
  void parseExplainsATie() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tie.txt"),
            "00:00:03\tAda Quist\tGood morning all of you.\n"
                + "00:00:12\tBen Orr\tThe crane is broken.\n"
                + "00:00:21\tAda Quist\tThen we wait for the tide.\n"
                + "00:00:30\tBen Orr\tNobody told me about that.\n");
    Ran ran = run("parse", "--explain", file.toString());
    assertThat(ran.out())
        .contains("tie.txt: csv", "> csv", "  speaker-turns")
        .contains(
            "why: the content has its shape; speaker-turns is as sure, and comes later by name")
        .contains("--format ID settles it");
    assertThat(run("parse", "--explain", "--format", "speaker-turns", file.toString()).out())
        .contains("tie.txt: speaker-turns", "why: --format says so");
  }

  @Test
  void theEncodingCanBeSaidOfAWholeFolder() throws IOException {
    Path talks = Files.createDirectory(folder.resolve("talks"));
    String text = "1\n00:00:01,000 --> 00:00:02,000\n\u017einoma\n";
    Files.write(
        talks.resolve("t.srt"), text.getBytes(java.nio.charset.Charset.forName("windows-1257")));
    Ran guessed = run("lint", "--no-facts", talks.toString());
    assertThat(guessed.out()).contains("the file is not UTF-8 (taken for ", "% sure");
    Ran said = run("lint", "--no-facts", "--encoding", "windows-1257", talks.toString());
    assertThat(said.out()).doesNotContain("UTF-8");
    Ran unknown = run("lint", "--encoding", "klingon", talks.toString());
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no encoding \"klingon\"");
  }

  @Test
  void saysWhatIsWrongAndExitsAsPromised() throws IOException {
    Path index = folder.resolve("index");
    Path unknown =
        Files.write(folder.resolve("unknown.bin"), new byte[] {0, 1, 2, 3, (byte) 0xFF, 0, 9});
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Ran noPath = run("index", folder.resolve("nowhere"), "--index", index);
    assertThat(noPath.status()).isEqualTo(1);
    assertThat(noPath.err()).contains("nowhere: error: there is no such file or folder");

    Ran emptyFolder = run("index", empty, "--index", index);
    assertThat(emptyFolder.status()).isEqualTo(1);
    assertThat(emptyFolder.err()).contains("empty: error: holds nothing to index");

    Ran noFormat = run("index", unknown, "--index", index);
    assertThat(noFormat.status()).isEqualTo(1);
    assertThat(noFormat.err()).contains("unknown.bin: error: is in no known format");

    assertThat(run("parse", unknown).status()).isEqualTo(3);
    assertThat(run("parse", unknown, "--format", "nonsense").err())
        .contains("there is no format \"nonsense\"");

    Ran noIndex = run("search", "x", "--index", folder.resolve("no-index"));
    assertThat(noIndex.status()).isEqualTo(1);
    assertThat(noIndex.err())
        .contains("there is no index in")
        .contains("./earmark index PATH --index");

    assertThat(run("search", "x").status()).isEqualTo(2);
    assertThat(run("dance").status()).isEqualTo(2);
    assertThat(run().status()).isEqualTo(2);

    run("index", Corpora.SEEDS, "--index", index);
    Ran limit = run("search", "x", "--index", index, "--limit", "0");
    assertThat(limit.status()).isEqualTo(2);
    assertThat(limit.err()).contains("limit must be 1 to 100, got 0");
    Ran much = run("search", "x", "--index", index, "--limit", "101");
    assertThat(much.status()).isEqualTo(2);
    assertThat(much.err()).contains("limit must be 1 to 100, got 101");
  }

  @Test
  void aKindThatThereIsNotIsToldWhichThereAre() {
    Path index = folder.resolve("index");
    Ran ran = run("search", "compute", "--kind", "foo", "--index", index);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("earmark: there is no kind \"foo\"; kinds are segment, chapter, quote, price")
        .hasLineCount(1);
  }

  @Test
  void aTakenPortIsOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Ran ran =
          run(
              "serve",
              Corpora.SEEDS,
              "--wait",
              "--index",
              folder.resolve("index"),
              "--port",
              taken.getLocalPort());
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err().lines().filter(line -> line.contains("listen") || line.contains("port")))
          .containsExactly(
              "earmark: cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": the port is taken; choose another with --port, or 0 for any that is free");
    }
  }

  @Test
  void aBrokenManifestIsNamedAndCostsNothingThatIsThere() throws IOException {
    Path index = folder.resolve("index");
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("episode.yaml"), "id: talk\ntitle: A talk\n");
    Files.writeString(
        corpus.resolve("talk.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.500\nHello there.\n");
    run("index", corpus, "--index", index);
    Files.writeString(corpus.resolve("episode.yaml"), "id: talk\ntitle: [a, b\n");
    Ran broken = run("index", corpus, "--index", index);
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err()).contains("episode.yaml:").contains("error: is not valid YAML");
    assertThat(run("search", "hello", "--index", index).out()).contains("A talk");
  }
}

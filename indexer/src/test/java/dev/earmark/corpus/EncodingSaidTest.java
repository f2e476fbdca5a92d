package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who says in which encoding a text is: the nearest manifest, else the caller, else nobody. */
class EncodingSaidTest {
  private static final String TEXT = "1\n00:00:01,000 --> 00:00:02,000\nžinoma\n";
  private static final Charset BALTIC = Charset.forName("windows-1257");

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve("talk.srt"), TEXT.getBytes(BALTIC));
  }

  @Test
  void theManifestSaysIt() throws IOException {
    Files.writeString(folder.resolve("talk.yaml"), "encoding: windows-1257\n");
    assertThat(said(null)).isEqualTo("žinoma");
  }

  @Test
  void theManifestOfTheShowSaysItOfAllBelow() throws IOException {
    Files.writeString(folder.resolve("show.yaml"), "encoding: cp1257\n");
    Path below = Files.createDirectory(folder.resolve("below"));
    Files.move(folder.resolve("talk.srt"), below.resolve("talk.srt"));
    assertThat(said(null)).isEqualTo("žinoma");
  }

  @Test
  void aListedSourceMayHaveItsOwn() throws IOException {
    Files.writeString(
        folder.resolve("talk.yaml"),
        "encoding: koi8-r\nsources: [ {file: talk.srt, encoding: windows-1257} ]\n");
    assertThat(said(Charset.forName("windows-1252"))).isEqualTo("žinoma");
  }

  @Test
  void theCallerSaysItWhereNoManifestDoes() throws IOException {
    assertThat(said(BALTIC)).isEqualTo("žinoma");
    Files.writeString(folder.resolve("show.yaml"), "encoding: windows-1257\n");
    assertThat(said(Charset.forName("KOI8-R"))).isEqualTo("žinoma");
  }

  @Test
  void utf8StaysSo() throws IOException {
    Files.writeString(folder.resolve("talk.srt"), TEXT, StandardCharsets.UTF_8);
    assertThat(said(Charset.forName("KOI8-R"))).isEqualTo("žinoma");
  }

  @Test
  void anotherEncodingIsAnotherFingerprint() throws IOException {
    String before = Fingerprint.of(scan(null).episodes().getFirst(), Fetcher.none()).value();
    String after = Fingerprint.of(scan(BALTIC).episodes().getFirst(), Fetcher.none()).value();
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void anUnknownOneIsReported() throws IOException {
    Files.writeString(folder.resolve("show.yaml"), "encoding: klingon\n");
    assertThat(scan(null).problems())
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("there is no encoding \"klingon\"");
  }

  private CorpusScanner.Scan scan(Charset encoding) {
    return CorpusScanner.scan(List.of(new CorpusLocation.Local(folder, encoding)), Fetcher.none());
  }

  private String said(Charset encoding) {
    EpisodeInput input = scan(encoding).episodes().getFirst();
    EpisodeDocument read = EpisodeReader.read(input, Fetcher.none());
    return read.sources().getFirst().moments().stream()
        .map(Moment::body)
        .reduce("", String::concat);
  }
}

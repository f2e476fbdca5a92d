package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Correction;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.Speaker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder says of its episodes, from the walk to the document. */
final class FolderFactsTest {
  private static final String VTT =
      """
      WEBVTT

      00:00:01.000 --> 00:00:04.000
      Speaker 1: The fog bell rings at the end of the pier.

      00:00:04.000 --> 00:00:08.000
      Speaker 2: It rings all night long.
      """;

  @TempDir Path root;

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private EpisodeDocument only() {
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems()).isEmpty();
    assertThat(scan.episodes()).hasSize(1);
    return EpisodeReader.read(scan.episodes().getFirst());
  }

  private static List<String> codes(EpisodeDocument document) {
    return document.problems().stream().map(Problem::code).toList();
  }

  @Test
  void namesTellTheStoryAndEachFactItsSource() throws IOException {
    write("Quay Notes/2024-03-12 - 042 - Fog bells.en.vtt", VTT);
    EpisodeDocument document = only();
    assertThat(document.episode().id()).isEqualTo("2024-03-12-042-fog-bells");
    assertThat(document.episode().title()).isEqualTo("Fog bells");
    assertThat(document.episode().show()).isEqualTo("Quay Notes");
    assertThat(document.episode().number()).isEqualTo(42);
    assertThat(document.episode().date()).isEqualTo(LocalDate.of(2024, 3, 12));
    assertThat(document.sources().getFirst().language()).isEqualTo("en");
    assertThat(document.facts())
        .contains(new Fact("date", "2024-03-12", "the names of file and folders"));
  }

  @Test
  void aGuessNeverBeatsAStatement() throws IOException {
    write("Quay Notes/2024-03-12 - 042 - Fog bells.vtt", VTT);
    write(
        "Quay Notes/2024-03-12 - 042 - Fog bells.info.json",
        "{\"id\": \"x\", \"title\": \"Bells in the fog\", \"upload_date\": \"20240401\","
            + " \"channel\": \"Quay TV\", \"duration\": 60, \"webpage_url\":"
            + " \"https://youtu.be/aBcDeFgHiJk\"}");
    EpisodeDocument document = only();
    assertThat(document.episode().title()).isEqualTo("Bells in the fog");
    assertThat(document.episode().show()).isEqualTo("Quay TV");
    assertThat(document.episode().date()).isEqualTo(LocalDate.of(2024, 4, 1));
    assertThat(document.episode().durationMs()).isEqualTo(60_000);
    assertThat(document.episode().media().youtube()).isEqualTo("aBcDeFgHiJk");
    assertThat(document.episode().number()).isEqualTo(42);
    assertThat(document.facts())
        .contains(
            new Fact("show", "Quay TV", "2024-03-12 - 042 - Fog bells.info.json"),
            new Fact("number", "42", "the names of file and folders"));
  }

  @Test
  void aShowFileCountsForAllBelow() throws IOException {
    write(
        "show.yaml",
        """
        show: Harbour Hours
        language: en
        media: https://cdn.example/files
        speakers:
          - {name: Ada Quist, role: host, labels: [Speaker 1]}
        """);
    write("2024/fog.vtt", VTT);
    write("2024/fog.yaml", "media: {audio: fog bells.mp3}\nlabels: {Speaker 2: Ben Orr}\n");
    EpisodeDocument document = only();
    assertThat(document.episode().show()).isEqualTo("Harbour Hours");
    assertThat(document.episode().media().audio())
        .isEqualTo("https://cdn.example/files/fog%20bells.mp3");
    assertThat(document.sources().getFirst().moments().stream().map(Moment::speaker))
        .containsExactly("Ada Quist", "Ben Orr");
  }

  @Test
  void theRecordingBesideItPlays() throws IOException {
    write("interview ben.vtt", VTT);
    write("interview ben.mp3", "");
    write("another.mp3", "");
    EpisodeDocument document = only();
    assertThat(document.episode().media().audio()).isEqualTo("interview ben.mp3");
    assertThat(codes(document)).containsExactly("recording-unreadable");
    assertThat(document.problems().getFirst().describe())
        .contains("interview ben.mp3: warning: its length and tags cannot be read: it is empty");
  }

  /** An MP3 file of half a minute with two chapters. */
  private static byte[] withChapters() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (String chapter : List.of("Ebb", "Flow")) {
      boolean first = chapter.equals("Ebb");
      ByteBuffer frame = ByteBuffer.allocate(200);
      frame.put("CHAP".getBytes(StandardCharsets.US_ASCII)).position(10);
      frame.put((byte) 'c').put((byte) 0).putInt(first ? 0 : 9_000).putInt(first ? 9_000 : -1);
      frame.putLong(-1).put("TIT2".getBytes(StandardCharsets.US_ASCII));
      frame.putInt(chapter.length() + 1).putShort((short) 0).put((byte) 3);
      frame.put(chapter.getBytes(StandardCharsets.US_ASCII));
      frame.putInt(4, frame.position() - 10);
      frames.write(frame.array(), 0, frame.position());
    }
    ByteBuffer file = ByteBuffer.allocate(10 + frames.size() + 1_200 * 417);
    file.put(new byte[] {'I', 'D', '3', 3, 0, 0, 0, 0, (byte) (frames.size() >> 7)});
    file.put((byte) (frames.size() & 127)).put(frames.toByteArray());
    while (file.remaining() >= 417) {
      int at = file.position();
      file.putInt(0xFFFB9000).position(at + 417);
    }
    return file.array();
  }

  private static List<String> chapters(EpisodeDocument document) {
    return document.sources().stream()
        .flatMap(source ->
            source.moments().stream()
                .filter(moment -> moment.kind() == Kind.CHAPTER)
                .map(moment -> source.name() + " " + moment.anchor().span() + " " + moment.title()))
        .toList();
  }

  @Test
  void theChaptersOfTheRecordingAreThoseOfTheEpisode() throws IOException {
    write("fog.vtt", VTT);
    Files.write(root.resolve("fog.mp3"), withChapters());
    EpisodeDocument document = only();
    assertThat(document.problems()).isEmpty();
    assertThat(chapters(document)).hasSize(2);
    assertThat(chapters(document).getFirst()).startsWith("fog.mp3 ").endsWith(" Ebb");
    assertThat(chapters(document).getLast()).contains("0:09").endsWith(" Flow");

    write("fog.yaml", "heard: {Fogbell: [fog bell]}\n");
    assertThat(chapters(only())).as("words put right beside it").hasSize(2);

    write("fog.chapters.txt", "0:00 Low water\n0:20 High water\n");
    assertThat(chapters(only()))
        .as("a list beside it says more")
        .hasSize(2)
        .allMatch(chapter -> chapter.startsWith("fog.chapters.txt "));
  }

  @Test
  void aLabelThatNamesNobodyIsReported() throws IOException {
    write("fog.vtt", VTT);
    write("fog.yaml", "speakers: [{name: Ada Quist, labels: [Speaker 1, Speaker 7]}]\n");
    EpisodeDocument document = only();
    assertThat(codes(document)).containsExactly("label-names-nobody");
    assertThat(document.problems().getFirst().message()).contains("\"Speaker 7\"");
    assertThat(document.sources().getFirst().moments().getFirst().speaker()).isEqualTo("Ada Quist");
  }

  @Test
  void aBadShowFileAndTwoManifestsCostNothingElse() throws IOException {
    write("show.yaml", "number: [\n");
    write("fog.vtt", VTT);
    write("fog.yaml", "title: Fog\n");
    write("fog.yml", "title: Mist\n");
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems().stream().map(Problem::code))
        .containsExactlyInAnyOrder("two-manifests", "bad-manifest");
    assertThat(scan.episodes()).hasSize(1);
    write("episode.yaml", "title: Haze\n");
    scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems().stream().map(Problem::describe))
        .contains(
            root.resolve("fog.yaml")
                + ": warning: is a second manifest beside episode.yaml (left out; keep one of"
                + " them)");
    EpisodeDocument document = EpisodeReader.read(scan.episodes().getFirst());
    assertThat(document.episode().title()).isEqualTo("Haze");
    assertThat(codes(document)).isEmpty();
  }

  @Test
  void whatIsSaidOnceIsSearchedOnce() throws IOException {
    write("fog.txt", "The fog bell rings at the end of the pier.\nIt rings all night long.\n");
    write(
        "fog.srt", VTT.replace("WEBVTT\n\n", "").replaceAll("Speaker \\d: ", "").replace('.', ','));
    write("fog.en.vtt", VTT);
    write("fog.de.vtt", VTT.replace("fog bell rings", "Glocke"));
    EpisodeDocument document = only();
    assertThat(document.sources().stream().filter(source -> !source.moments().isEmpty()))
        .extracting(SourceDocument::name)
        .containsExactly("fog.de.vtt", "fog.en.vtt");
    assertThat(document.sources()).hasSize(2);
    assertThat(document.alternatives())
        .extracting(kept -> kept.document().name() + " for " + kept.searched())
        .containsExactlyInAnyOrder("fog.srt for fog.en.vtt", "fog.txt for fog.en.vtt");
    assertThat(codes(document)).containsExactlyInAnyOrder("same-words", "same-words");
  }

  @Test
  void namesInOtherCasesAreTheSameNames() throws IOException {
    write("Fog.EN.VTT", VTT);
    write("fog.Mp3", "x");
    write("FOG.YAML", "number: 7\nseason: 2\n");
    write("SHOW.YML", "show: Harbour Hours\n");
    EpisodeDocument document = only();
    assertThat(document.episode().show()).isEqualTo("Harbour Hours");
    assertThat(document.episode().season()).isEqualTo(2);
    assertThat(document.episode().number()).isEqualTo(7);
    assertThat(document.episode().media().audio()).isEqualTo("fog.Mp3");
    assertThat(document.sources().getFirst().language()).isEqualTo("en");
  }

  @Test
  void whatProgramsOfNotesKeepForThemselvesIsNoSource() throws IOException {
    write("logseq/config.edn", "{:meta/version 1}");
    write("board.canvas", "{}");
    write("fog.vtt", VTT);
    write(
        "pages/Fog.md",
        "type:: podcast\n\n- About [[fog]], see ((64f1b2c3-1111-2222-3333-444455556666))\n");
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems()).isEmpty();
    assertThat(scan.episodes()).hasSize(1);
    assertThat(EpisodeReader.read(scan.episodes().getFirst()).problems()).isEmpty();
  }

  @Test
  void otherWordsOfTheSameShowAreKept() throws IOException {
    write("fog.en.vtt", VTT);
    write(
        "fog.srt",
        "1\n00:00:01,000 --> 00:00:04,000\nThe fog bell rings at the end of the pier.\n\n"
            + "2\n00:00:04,000 --> 00:00:08,000\nNobody has heard of the keeper since May.\n");
    assertThat(only().sources()).allMatch(source -> !source.moments().isEmpty());
  }

  @Test
  void whatChangesBesideTheSourcesChangesTheFingerprint() throws IOException {
    write("fog.vtt", VTT);
    String before = fingerprint();
    write("fog.mp3", "x");
    String withRecording = fingerprint();
    write("show.yaml", "show: Quay Notes\n");
    assertThat(List.of(before, withRecording, fingerprint())).doesNotHaveDuplicates();
  }

  private String fingerprint() throws IOException {
    EpisodeInput input = CorpusScanner.scan(List.of(root)).episodes().getFirst();
    return Fingerprint.of(input, Fetcher.none()).value();
  }

  @Test
  void wordsAreSetRightAsTheManifestsSay() throws IOException {
    write("show.yaml", "heard: {fog bell: [frog bell]}\n");
    write("talk.vtt", VTT.replace("It rings", "The frog bell of Gulhafen rings"));
    write("talk.yaml", "heard:\n  Gullhaven: [Gull Haven, Gulhafen]\n");
    String before = Files.readString(root.resolve("talk.vtt"));
    EpisodeDocument document = only();
    assertThat(document.sources().getFirst().moments())
        .anySatisfy(moment -> {
          assertThat(moment.body()).contains("The fog bell of Gullhaven rings");
          assertThat(moment.corrections())
              .extracting(Correction::heard)
              .containsExactly("frog bell", "Gulhafen");
        });
    assertThat(Files.readString(root.resolve("talk.vtt"))).isEqualTo(before);
  }

  @Test
  void aGlossaryThatEatsACommonWordIsRefused() throws IOException {
    write("talk.vtt", VTT);
    write("talk.yaml", "heard:\n  Gullhaven: [the, It]\n  Night: [night]\n");
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems())
        .extracting(Problem::code)
        .containsExactly("heard-too-common", "heard-too-common");
    assertThat(scan.problems().getFirst().source()).endsWith("talk.yaml");
    assertThat(scan.problems().getFirst().message()).contains("\"the\"").contains("Gullhaven");
    assertThat(scan.problems().getFirst().remedy()).isNotNull();
    EpisodeDocument document = EpisodeReader.read(scan.episodes().getFirst());
    assertThat(document.sources().getFirst().moments().toString()).doesNotContain("Gullhaven");
  }

  @Test
  void aWordSaidOverAndOverIsNoMishearing() throws IOException {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < 40; i++) {
      vtt.append(
          String.format("%n00:%02d.000 --> 00:%02d.500%nThe boat number %d left.%n", i, i, i));
    }
    write("talk.vtt", vtt.toString());
    write("talk.yaml", "heard: {Both: [boat]}\n");
    EpisodeDocument document = only();
    assertThat(codes(document)).contains("heard-too-common");
    assertThat(document.sources().getFirst().moments().toString()).doesNotContain("Both");
  }

  @Test
  void aBadGlossaryIsABadManifest() throws IOException {
    write("talk.vtt", VTT);
    write("talk.yaml", "heard: gulhafen\n");
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems()).extracting(Problem::code).containsExactly("bad-manifest");
    assertThat(scan.problems().getFirst().message()).contains("heard:");
  }

  @Test
  void frontMatterHasItsUsualKeys() throws IOException {
    write(
        "a.md",
        """
        ---
        upload_date: 20240312
        channel: Harbour TV
        guests: [Ada Quist, Ben Orr]
        episode: 42
        video_id: aBcDeFgHiJk
        ---

        A note on ropes, and on knots.
        """);
    EpisodeDocument document = only();
    assertThat(document.episode().date()).isEqualTo(LocalDate.of(2024, 3, 12));
    assertThat(document.episode().show()).isEqualTo("Harbour TV");
    assertThat(document.episode().number()).isEqualTo(42);
    assertThat(document.episode().media().youtube()).isEqualTo("aBcDeFgHiJk");
    assertThat(document.episode().speakers())
        .extracting(Speaker::name)
        .containsExactly("Ada Quist", "Ben Orr");
    assertThat(document.facts()).contains(new Fact("show", "Harbour TV", "a.md"));
  }

  @Test
  void frontMatterOfAPodcastHasOthers() throws IOException {
    write(
        "b.md",
        """
        ---
        podcast: Tide Talk
        published: 2024-05-06
        guest: Cy Sea
        host: Bo Bee
        number: 7
        ---
        # Tide tables

        The tide is told by tables.
        """);
    EpisodeDocument document = only();
    assertThat(document.episode().show()).isEqualTo("Tide Talk");
    assertThat(document.episode().date()).isEqualTo(LocalDate.of(2024, 5, 6));
    assertThat(document.episode().number()).isEqualTo(7);
    assertThat(document.episode().speakers())
        .extracting(Speaker::name)
        .containsExactlyInAnyOrder("Bo Bee", "Cy Sea");
    assertThat(document.episode().title()).isEqualTo("Tide tables");
  }

  @Test
  void theHeadingOfANoteIsTheTitleOfItsOwnEpisode() throws IOException {
    write(
        "2024-06-07-fog.md", "# How fog bells ring\n\nThey ring at night.\n\n## Who\n\nKeepers.\n");
    EpisodeDocument document = only();
    assertThat(document.episode().id()).isEqualTo("2024-06-07-fog");
    assertThat(document.episode().title()).isEqualTo("How fog bells ring");
    assertThat(document.facts())
        .contains(new Fact("title", "How fog bells ring", "the heading of 2024-06-07-fog.md"));
  }

  @Test
  void severalHeadingsOrATranscriptBesideItGiveNoTitle() throws IOException {
    write("fog.md", "# One\n\nA note.\n\n# Two\n\nAnother note.\n");
    assertThat(only().episode().title()).isEqualTo("Fog");
    write("fog.md", "# What I thought of it\n\nA note.\n");
    write("fog.vtt", VTT);
    assertThat(only().episode().title()).isEqualTo("Fog");
  }

  @Test
  void aPathWithControlCharactersIsRead() throws IOException {
    write("bad\u0001name\u0007.vtt", VTT);
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("control-character-in-name");
          assertThat(problem.describe())
              .endsWith(
                  "badU+0001nameU+0007.vtt: notice: has a control character in its name (read under"
                      + " a name without it; rename the file)");
        });
    EpisodeDocument document = EpisodeReader.read(scan.episodes().getFirst());
    assertThat(document.episode().title()).isEqualTo("Bad name");
    assertThat(document.episode().id()).isEqualTo("bad-name");
    assertThat(document.sources().getFirst().moments()).isNotEmpty();
  }
}

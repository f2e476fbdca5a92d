package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Problem;
import dev.earmark.model.Speaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as people keep them, and the episodes that are found in them. */
class CorpusScannerTest {
  @TempDir Path folder;

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private CorpusScanner.Scan scan(String... names) {
    return CorpusScanner.scan(
        names.length == 0
            ? List.of(folder)
            : List.of(names).stream().map(folder::resolve).toList());
  }

  private static List<String> ids(CorpusScanner.Scan scan) {
    return scan.episodes().stream().map(EpisodeInput::id).toList();
  }

  private static List<String> files(EpisodeInput episode) {
    return episode.sources().stream().map(source -> source.places().getFirst().name()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "042.vtt, 042",
    "042.en.vtt, 042",
    "042.pt-BR.srt, 042",
    "042.en.chapters.json, 042",
    "042.auto.transcript.txt, 042",
    "My talk v1.2.md, My talk v1.2",
    ".hidden, .hidden",
    "README, README",
    "en.vtt, en",
    "a.b.c.d.vtt, a.b.c.d"
  })
  void stems(String name, String stem) {
    assertThat(CorpusScanner.stem(Path.of(name))).isEqualTo(stem);
  }

  @Test
  void filesThatShareAStemAreOneEpisode() throws IOException {
    write("042.vtt", "");
    write("042.en.chapters.json", "");
    write("042.yaml", "title: Forty-two\nspeakers: [Ada, {name: Bo, role: host}]\n");
    write("043.vtt", "");
    CorpusScanner.Scan scan = scan();
    assertThat(ids(scan)).containsExactly("042", "043");
    EpisodeInput first = scan.episodes().getFirst();
    assertThat(files(first)).containsExactly("042.en.chapters.json", "042.vtt");
    assertThat(first.fields().title()).isEqualTo("Forty-two");
    assertThat(first.fields().speakers())
        .containsExactly(new Speaker("Ada", null), new Speaker("Bo", "host"));
    assertThat(scan.problems()).isEmpty();
  }

  @Test
  void aFolderWithAManifestIsOneEpisode() throws IOException {
    write(
        "talk/episode.yaml",
        """
        id: tide-mill
        title: The tide mill
        show: Harbour
        date: 2026-03-03
        duration: 1:02:03
        language: en
        media: {youtube: abcdefghijk, audio: "https://x.example/1.mp3"}
        topics: [tides, mills]
        """);
    write("talk/a.vtt", "");
    write("talk/notes.md", "");
    CorpusScanner.Scan scan = scan();
    assertThat(ids(scan)).containsExactly("tide-mill");
    EpisodeInput episode = scan.episodes().getFirst();
    assertThat(files(episode)).containsExactly("a.vtt", "notes.md");
    EpisodeFields fields = episode.fields();
    assertThat(fields.durationMs()).isEqualTo(3_723_000);
    assertThat(fields.date()).isEqualTo(LocalDate.of(2026, 3, 3));
    assertThat(fields.topics()).containsExactly("tides", "mills");
  }

  @Test
  void aManifestMayListItsSourcesAndTheirFormats() throws IOException {
    write(
        "talk/episode.yaml",
        "sources: [{file: two.txt, format: srt}, one.txt, gone.txt, ../outside.txt]\n");
    write("talk/one.txt", "");
    write("talk/two.txt", "");
    write("talk/three.txt", "");
    write("outside.txt", "");
    CorpusScanner.Scan scan = scan("talk");
    EpisodeInput episode = scan.episodes().getFirst();
    assertThat(files(episode)).containsExactly("two.txt", "one.txt");
    assertThat(episode.sources()).extracting(SourceInput::format).containsExactly("srt", null);
    assertThat(scan.problems())
        .extracting(Problem::message)
        .containsExactly(
            "sources: there is no file \"gone.txt\" beside it",
            "sources: there is no file \"../outside.txt\" beside it");
  }

  @Test
  void aBrokenManifestIsReportedWithItsLineAndTheRestIsFound() throws IOException {
    write("a/episode.yaml", "title: fine\nspeakers: [Ada\n");
    write("a/a.vtt", "");
    write("b.vtt", "");
    CorpusScanner.Scan scan = scan();
    assertThat(ids(scan)).containsExactly("b");
    assertThat(scan.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("bad-manifest");
          assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
          assertThat(problem.line()).isPositive();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date: tomorrow | date: \"tomorrow\" is not a date; write 2026-02-13",
        "duration: long | duration: \"long\" is not a length of time; write 2:22:20 or 8540",
        "media: x.mp3 | media: must be a map such as {youtube: …, audio: …}, found \"x.mp3\"",
        "- a | must hold names and values such as \"title: …\", found a list",
        "sources: [{format: srt}] | sources: an entry has no \"file\"",
        "sources: &a [[*a]] | sources: an entry is not a file name; write - notes.txt",
        "media: &a [[*a]] | media: must be a map such as {youtube: …, audio: …}, found a list",
        "a: b: c | is not valid YAML",
      })
  void whatIsWrongWithAManifestIsSaid(String content, String message) throws IOException {
    write("episode.yaml", content + "\n");
    write("a.vtt", "");
    assertThat(scan().problems())
        .extracting(Problem::message)
        .first()
        .asString()
        .startsWith(message);
  }

  @Test
  void aManifestThatExpandsWithoutEndIsRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, before))));
    }
    write("episode.yaml", bomb.toString() + "title: *a11\n");
    write("a.vtt", "");
    assertThat(scan().episodes().size() + scan().problems().size()).isEqualTo(1);
  }

  @Test
  void listsThatHoldThemselvesAreNoNames() throws IOException {
    write("episode.yaml", "title: &a [[*a]]\ntopics: &b [[*b], real]\nspeakers: &c [[*c], Ada]\n");
    write("a.vtt", "");
    EpisodeFields fields = scan().episodes().getFirst().fields();
    assertThat(fields.topics()).containsExactly("real");
    assertThat(fields.speakers()).extracting(Speaker::name).containsExactly("Ada");
  }

  @Test
  void aPathThatIsNotThereIsReportedAndTheOthersAreFound() throws IOException {
    write("a.vtt", "");
    CorpusScanner.Scan scan = scan("gone", "a.vtt");
    assertThat(ids(scan)).containsExactly("a");
    assertThat(scan.problems()).extracting(Problem::code).containsExactly("no-such-path");
  }

  @Test
  void anEmptyFolderIsReported() throws IOException {
    Files.createDirectories(folder.resolve("empty/deeper"));
    assertThat(scan("empty").problems())
        .extracting(Problem::code)
        .containsExactly("nothing-to-index");
  }

  @Test
  void whatIsNoSourceIsPassedOverUnlessItIsNamed() throws IOException {
    write("README.md", "");
    write("LICENSE", "");
    write("cover.jpg", "");
    write(".git/HEAD.txt", "");
    write("talk.md", "");
    assertThat(ids(scan())).containsExactly("talk");
    assertThat(ids(scan("README.md"))).containsExactly("readme");
  }

  @Test
  void aHiddenFolderThatIsNamedIsWalked() throws IOException {
    write(".earmark/talk.md", "");
    assertThat(ids(scan(".earmark"))).containsExactly("talk");
  }

  @Test
  void episodesOfOneNameAreToldApartByTheirFolders() throws IOException {
    write("one/001.vtt", "");
    write("two/001.vtt", "");
    write("two/002.vtt", "");
    assertThat(ids(scan())).containsExactly("one-001", "two-001", "002");
  }

  @Test
  void andByTheirPathsIfTheFoldersAreNamedAlike() throws IOException {
    write("x/s/001.vtt", "");
    write("y/s/001.vtt", "");
    List<String> ids = ids(scan());
    assertThat(ids).hasSize(2).allMatch(id -> id.startsWith("s-001-"));
    assertThat(new HashSet<>(ids)).hasSize(2);
  }

  @Test
  void aFolderGivenTwiceIsFoundOnce() throws IOException {
    write("a.vtt", "");
    assertThat(scan("", "a.vtt", "../" + folder.getFileName()).episodes()).hasSize(1);
  }

  @Test
  void idsAreUniqueEvenIfAnEpisodeIsNamedLikeWhatTellsOthersApart() throws IOException {
    write("one/001.vtt", "");
    write("two/001.vtt", "");
    write("one-001.vtt", "");
    List<String> ids = ids(scan());
    assertThat(new HashSet<>(ids)).as(ids.toString()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "Hello World!, hello-world",
    "  Ünïcode Ça va , unicode-ca-va",
    "東京の話, 東京の話",
    "S01E02 v2b, s01e02-v2b",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301, 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "'a/../b', a-b",
    "C++ & C#, c++-c#"
  })
  void slugs(String name, String slug) {
    assertThat(CorpusScanner.slug(name)).isEqualTo(slug.replaceAll("[+#]", ""));
  }

  @Test
  void aNameWithoutWordsStillMakesAnId() {
    assertThat(CorpusScanner.slug("!!!")).matches("episode-[0-9a-f]{6}");
    assertThat(CorpusScanner.slug("x".repeat(500))).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void fingerprintsFollowContentNamesAndManifests() throws IOException {
    Path file = write("a.vtt", "WEBVTT\n");
    EpisodeInput before = scan().episodes().getFirst();
    String first = Fingerprint.of(before, Fetcher.none()).value();
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
    assertThat(Fingerprint.of(before, Fetcher.none()).value()).as("touched").isEqualTo(first);
    assertThat(Fingerprint.of(before, Fetcher.none(), Fingerprint.READING + 1).value())
        .as("read otherwise")
        .isNotEqualTo(first);
    write("a.yaml", "title: A\n");
    String titled = Fingerprint.of(scan().episodes().getFirst(), Fetcher.none()).value();
    assertThat(titled).as("with a manifest").isNotEqualTo(first);
    write("a.yaml", "title: B\n");
    assertThat(Fingerprint.of(scan().episodes().getFirst(), Fetcher.none()).value())
        .as("with another")
        .isNotEqualTo(titled);
    write("a.vtt", "WEBVTT \n");
    assertThat(Fingerprint.of(before, Fetcher.none()).value()).as("changed").isNotEqualTo(first);
  }

  @Test
  void aMissingSourceIsSaidAndCounts() throws IOException {
    write("a.vtt", "WEBVTT\n");
    EpisodeInput input = scan().episodes().getFirst();
    String there = Fingerprint.of(input, Fetcher.none()).value();
    Files.delete(folder.resolve("a.vtt"));
    Fingerprint gone = Fingerprint.of(input, Fetcher.none());
    assertThat(gone.value()).isNotEqualTo(there);
    assertThat(gone.missing())
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("cannot be read: it is no longer there");
  }
}

package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Transcripts and show notes read without losing words: our own, and real ones where {@code
 * ../shared} is there. Of those of the sample it is known what they are; {@code FormatGoldenTest}
 * says the same of our own.
 */
class TextCorporaTest {
  private static final Path CORPORA = Path.of("../../shared/corpora");

  /** What each file of the sample is, by the beginning of its path; the rest is not ours. */
  private static final Map<String, String> SAMPLE =
      Map.ofEntries(
          Map.entry("nasa/", "mission-log"),
          Map.entry("changelog/go-time", "turn-markdown"),
          Map.entry("changelog/practical-ai", "turn-markdown"),
          Map.entry("changelog/the-changelog", "turn-markdown"),
          Map.entry("changelog/changelog-news", "untimed-transcript"),
          Map.entry("syntaxfm/9", "stamped-notes"),
          Map.entry("bitcoin/bitcoin-explained", "speaker-turns"),
          Map.entry("bitcoin/chaincode-podcast", "speaker-turns"),
          Map.entry("bitcoin/adv", "untimed-transcript"),
          Map.entry("bitcoin/ado", "untimed-transcript"),
          Map.entry("bitcoin/lightning", "untimed-transcript"),
          Map.entry("bitcoin/LICENSE.md", "markdown"),
          Map.entry("podcast-namespace/transcripts/example.json", "podcast-json"),
          Map.entry("podcast-namespace/transcripts/example.html", "podcast-html"),
          Map.entry("podcast-namespace/transcripts/transcripts.md", "markdown"),
          Map.entry("podcast-namespace/chapters/example", "pc20-chapters-json"),
          Map.entry("podcast-namespace/chapters/jsonChapters.md", "markdown"),
          Map.entry("qmsum/Bed003.json", "json-turns"),
          Map.entry("qmsum/ES2004a.json", "json-turns"),
          Map.entry("qmsum/covid_4.json", "json-turns"),
          Map.entry("subsrt/sample.json", "json-list-ms"));

  /** The golden inputs and seeds that are text with few words that nobody says. */
  @TestFactory
  Stream<DynamicTest> ourOwnDocumentsLoseNoWords() throws IOException {
    Path golden = Path.of("src/test/resources/golden");
    List<Path> documents = new ArrayList<>();
    for (String format :
        List.of(
            "article",
            "json-turns",
            "speaker-turns",
            "stamped-notes",
            "text",
            "turn-markdown",
            "untimed-transcript")) {
      documents.addAll(files(golden.resolve(format)).filter(TextCorporaTest::isInput).toList());
    }
    documents.addAll(files(Path.of("../seeds")).filter(f -> !f.endsWith("episode.yaml")).toList());
    return documents.stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getParent().getFileName() + "/" + file.getFileName(),
                () -> {
                  RawSource source = raw(file);
                  SourceFormat format = Formats.recognise(source).orElseThrow();
                  assertThat(lost(source, format.read(source, new ProblemLog("x")))).isNull();
                }));
  }

  private static boolean isInput(Path file) {
    return !file.toString().endsWith(".expected") && !file.toString().endsWith(".path");
  }

  @TestFactory
  Stream<DynamicTest> theSampleIsRecognised() throws IOException {
    Path sample = CORPORA.resolve("sample");
    assumeTrue(
        Files.isDirectory(sample),
        "that a sample of real transcripts is told by format ("
            + sample
            + " is not there; all golden inputs were told)");
    return files(sample)
        .filter(file -> expected(sample.relativize(file).toString()) != null)
        .map(file -> {
          String name = sample.relativize(file).toString();
          return DynamicTest.dynamicTest(
              name,
              () ->
                  assertThat(Formats.recognise(raw(file)).map(SourceFormat::id))
                      .contains(expected(name)));
        });
  }

  private static String expected(String name) {
    return SAMPLE.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  @Test
  void noneOfOurFormatsClaimsCaptionsOrLicences() throws IOException {
    Path sample = CORPORA.resolve("sample");
    assumeTrue(
        Files.isDirectory(sample),
        "that no format of text claims real captions or licences ("
            + sample
            + " is not there; no golden input is claimed by another format)");
    List<String> ours = new ArrayList<>(SAMPLE.values());
    ours.addAll(List.of("chapter-list", "mp4chaps", "text"));
    for (Path file : files(sample).toList()) {
      String name = sample.relativize(file).toString();
      if (expected(name) == null) {
        assertThat(Formats.recognise(raw(file)).map(SourceFormat::id).filter(ours::contains))
            .as(name)
            .matches(id -> id.isEmpty() || name.endsWith(".txt"));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyDocumentReads() {
    return Stream.of("bitcoin", "changelog", "syntaxfm", "qmsum")
        .map(folder -> DynamicTest.dynamicTest(folder, () -> readAll(CORPORA.resolve(folder))));
  }

  private static void readAll(Path folder) throws IOException {
    assumeTrue(
        Files.isDirectory(folder),
        "that every real document of "
            + folder.getFileName()
            + " reads and loses no words ("
            + folder
            + " is not there; our own documents were read)");
    Map<String, Integer> formats = new TreeMap<>();
    List<String> unread = new ArrayList<>();
    Map<String, Integer> problemCounts = new TreeMap<>();
    long bytes = 0;
    long nanos = 0;
    long cues = 0;
    long moments = 0;
    for (Path file : files(folder).filter(TextCorporaTest::isDocument).toList()) {
      RawSource source = raw(file);
      bytes += source.bytes().length;
      long started = System.nanoTime();
      SourceFormat format = Formats.recognise(source).orElse(null);
      if (format == null) {
        unread.add(file + ": not recognised");
        continue;
      }
      formats.merge(format.id(), 1, Integer::sum);
      ProblemLog problems = new ProblemLog(file.toString());
      try {
        ParsedSource parsed = format.read(source, problems);
        nanos += System.nanoTime() - started;
        cues += parsed.cues().size();
        moments += parsed.moments().size();
        String lost = lost(source, parsed);
        if (lost != null) {
          unread.add(file + ": " + format.id() + " " + lost);
        }
      } catch (SourceException | RuntimeException e) {
        unread.add(file + ": " + e);
      }
      problems.counts().forEach((code, count) -> problemCounts.merge(code, count, Integer::sum));
    }
    double seconds = nanos / 1e9;
    System.out.printf(
        "%s: %s; %d cues, %d moments; %.1f MB at %.0f MB/s; %s%n",
        folder.getFileName(),
        formats,
        cues,
        moments,
        bytes / 1e6,
        bytes / 1e6 / seconds,
        problemCounts);
    assertThat(unread).isEmpty();
  }

  /**
   * Says what share of the words of a document is in nothing that was read, if it is more than
   * names, times, addresses and markup explain.
   */
  private static String lost(RawSource source, ParsedSource parsed) {
    if (source.hasExtension("json")) {
      return parsed.moments().isEmpty() ? "read nothing" : null;
    }
    String text = source.text();
    int front = text.startsWith("---\n") ? Math.max(0, text.indexOf("\n---", 3)) : 0;
    String body =
        Parser.unescapeEntities(text.substring(front), false)
            .replaceAll("\\(#t=[^)\\n]{0,20}\\)", " ")
            .replaceAll("\\[?\\d+(:\\d\\d)+(\\.\\d+)?\\]?", " ")
            .replaceAll("\\]\\((?:[^()\\n]|\\([^()\\n]*\\))*\\)", "]")
            .replaceAll("(?m)^\\s*https?://\\S+\\s*$", " ")
            .replaceAll("<[^>\\n]{1,300}>", " ")
            .replaceAll("\\{\\{[^}]{0,100}\\}\\}", " ")
            .replaceAll("(?m)^[^\\n]{0,70}\\d\\d?:\\d\\d[^\\n]{0,9}$", " ")
            .replaceAll("(?m)^(\\*\\*)?[^:\\n*]{1,60}:(\\*\\*)?", " ");
    int written = Words.of(body).count();
    int read = 0;
    for (Cue cue : parsed.cues()) {
      read += Words.of(cue.text()).count();
    }
    for (Moment moment : parsed.moments()) {
      read += Words.of(moment.text()).count();
    }
    return read < written * 0.97 - 20 ? "read " + read + " of " + written + " words" : null;
  }

  private static boolean isDocument(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".md") || name.endsWith(".json");
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  private static RawSource raw(Path file) {
    try {
      return new RawSource(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

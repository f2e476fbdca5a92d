package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Input made to hurt costs time in proportion to its length, and never more than a refusal. */
class HostileTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int MANY = 1 << 17;

  @TestFactory
  Stream<DynamicTest> marksByTheHundredThousand() {
    return Stream.of(
            "[",
            "](",
            "[a](",
            "<",
            "<a",
            "{{<",
            "`",
            "``` ",
            "*",
            "**",
            "**a:** ",
            "_",
            "\\",
            "&",
            "&#",
            "![",
            "[0:00](",
            "0:00 ",
            "\\[00:01\\] ",
            "(",
            "a: ",
            "A:\n",
            "# \n",
            "> ",
            "- ",
            "\n",
            "\n\n",
            "---\n",
            "0:00\n",
            "[00:00:00:01]\n",
            "**A:** \\[00:01\\] a\n\n",
            "A B: 00:00:01\n\na\n\n",
            "\u3042",
            "\uD83D")
        .flatMap(mark ->
            Stream.of("x.md", "x.txt")
                .map(name ->
                    DynamicTest.dynamicTest(
                        name + " of " + mark.replace("\n", "\\n"),
                        () -> readsInTime(name, mark.repeat(MANY / mark.length())))));
  }

  @TestFactory
  Stream<DynamicTest> bracesByTheHundredThousand() {
    return Stream.of(
            "{\"segments\":",
            "[",
            "{\"a\":[",
            "[{\"start\":0,\"text\":\"a\"},",
            "<p>",
            "<cite>",
            "<chapter>",
            "<b><i>")
        .map(mark ->
            DynamicTest.dynamicTest(
                mark, () -> readsInTime("x.json", mark.repeat(MANY / mark.length()))));
  }

  /** Every format, whether it would recognise the text or not, reads or refuses it. */
  private static void readsInTime(String name, String text) {
    assertTimeoutPreemptively(
        LONG,
        () -> {
          RawSource source = RawSource.ofText(name, text);
          Formats.recognise(source);
          for (SourceFormat format : ours()) {
            tryRead(format, source);
          }
        });
  }

  private static List<SourceFormat> ours() {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders
          .map(folder -> Formats.byId(folder.getFileName().toString()))
          .flatMap(java.util.Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ParsedSource tryRead(SourceFormat format, RawSource source) {
    try {
      return format.read(source, new ProblemLog(source.name()));
    } catch (SourceException refused) {
      assertThat(refused).hasMessageMatching("(?s).{10,}");
      return null;
    }
  }

  @TestFactory
  Stream<DynamicTest> aSourceCutAnywhereReads() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".expected"))
          .filter(file -> !file.toString().endsWith(".path"))
          .sorted()
          .toList()
          .stream()
          .map(file ->
              DynamicTest.dynamicTest(GOLDEN.relativize(file).toString(), () -> cutAnywhere(file)));
    }
  }

  private static void cutAnywhere(Path file) throws IOException {
    String name = file.getFileName().toString();
    byte[] whole = Files.readAllBytes(file);
    SourceFormat format = Formats.byId(file.getParent().getFileName().toString()).orElseThrow();
    for (int length = 0; length < whole.length; length++) {
      RawSource source = new RawSource(name, Arrays.copyOf(whole, length));
      Formats.recognise(source);
      tryRead(format, source);
    }
  }

  @Test
  void jsonCutInTheMiddleKeepsWhatWasWhole() throws SourceException {
    StringBuilder json = new StringBuilder("{\"segments\":[");
    for (int i = 0; i < 1_000; i++) {
      json.append("{\"startTime\":").append(i).append(",\"body\":\"some words here\"},");
    }
    json.append("{\"startTime\":1000,\"bo");
    RawSource source = RawSource.ofText("x.json", json.toString());
    ProblemLog problems = new ProblemLog("x.json");
    assertThat(Formats.recognise(source).orElseThrow().read(source, problems).cues())
        .hasSize(1_000);
    assertThat(problems.counts()).containsOnlyKeys("json-damaged");
  }

  @Test
  void aliasesInFrontMatterDoNotMultiply() throws SourceException {
    StringBuilder yaml =
        new StringBuilder("---\ntitle: Laughs\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      yaml.append("a").append(i).append(": &a").append(i).append(" [");
      yaml.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
    }
    yaml.append("tags: *a29\n---\nText.\n");
    RawSource source = RawSource.ofText("x.md", yaml.toString());
    ProblemLog problems = new ProblemLog("x.md");
    ParsedSource parsed = Formats.byId("markdown").orElseThrow().read(source, problems);
    assertThat(parsed.episode().title()).isEqualTo("Laughs");
    assertThat(parsed.episode().topics()).isEmpty();
    assertThat(problems.counts()).containsKey("front-matter-damaged");
    assertThat(parsed.moments()).hasSize(1);
  }

  @Test
  void frontMatterNestedDeeplyIsReported() throws SourceException {
    String yaml = "---\ntitle: Deep\na: " + "[".repeat(200_000) + "\n---\nText.\n";
    RawSource source = RawSource.ofText("x.md", yaml);
    ProblemLog problems = new ProblemLog("x.md");
    ParsedSource parsed = Formats.byId("markdown").orElseThrow().read(source, problems);
    assertThat(parsed.episode().title()).isEqualTo("Deep");
    assertThat(problems.counts()).containsKey("front-matter-damaged");
  }

  @Test
  void aParagraphWithoutEndIsCutAndGoesOn() throws SourceException {
    RawSource source = RawSource.ofText("x.txt", "word ".repeat(100_000));
    ParsedSource parsed = Formats.byId("text").orElseThrow().read(source, new ProblemLog("x.txt"));
    assertThat(parsed.moments()).hasSizeGreaterThan(50);
    assertThat(parsed.moments()).allMatch(moment -> moment.body().length() <= 8_000);
    assertThat(parsed.moments().stream().skip(1)).allMatch(Moment::continues);
    assertThat(parsed.moments().stream().mapToInt(m -> m.body().split(" ").length).sum())
        .isEqualTo(100_000);
  }

  @Test
  void bytesThatAreNoTextAreNobodys() {
    byte[] bytes = new byte[5_000];
    new java.util.Random(7).nextBytes(bytes);
    for (String name : List.of("x.md", "x.txt", "x.json", "x.html", "x")) {
      assertThat(Formats.recognise(new RawSource(name, bytes))).as(name).isEmpty();
    }
  }

  @Test
  void proseIsLeftToTheLastResort() {
    String prose = "It was late. He said: go home. At 12:30 she left, 3:1 down.\n\nThe end.\n";
    assertThat(format("x.txt", prose)).isEqualTo("text");
    assertThat(format("x.md", "# Title\n\n" + prose)).isEqualTo("markdown");
    assertThat(format("x.csv", prose)).isEqualTo("none");
    assertThat(format("x.json", "{\"name\":\"package\",\"version\":\"1.0.0\"}")).isEqualTo("none");
    assertThat(format("x.html", "<html><body><p>Hello</p></body></html>")).isEqualTo("html");
    assertThat(format("x.txt", "1\n00:00:01,000 --> 00:00:02,000\nHi\n")).isNotEqualTo("text");
  }

  private static String format(String name, String text) {
    return Formats.recognise(RawSource.ofText(name, text)).map(SourceFormat::id).orElse("none");
  }

  @Test
  void wideTextReadsAsNarrowTextDoes() throws SourceException {
    String text =
        "**Ada:** \\[00:10\\] Hi.\n\n**Ben:** H\u00E9!\n\n**Ada:** Yes.\n\n**Ben:** No.\n";
    RawSource narrow = RawSource.ofText("x.md", text);
    RawSource wide = new RawSource("x.md", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE));
    SourceFormat format = Formats.recognise(wide).orElseThrow();
    assertThat(format.id()).isEqualTo("turn-markdown");
    List<Cue> cues = format.read(wide, new ProblemLog("x.md")).cues();
    assertThat(cues).hasSize(4).isEqualTo(format.read(narrow, new ProblemLog("x.md")).cues());
  }
}

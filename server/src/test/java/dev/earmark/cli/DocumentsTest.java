package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents name is there: files they link to, classes, commands. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int LONGEST_README = 150;

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

  /** A name in code quotes that looks like a class of ours: two humps at least. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)\\b");

  private static final Pattern COMMAND =
      Pattern.compile("(?:^ {4}|`|&& )\\./earmark ([a-z]+)", Pattern.MULTILINE);

  /** The collections named behind the command that fetches them. */
  private static final Pattern FETCH =
      Pattern.compile("bench fetch ([A-Za-z]+(?: [a-z]+)*)(?: &&|`)");

  /** What the launcher does itself. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("test", "bench", "package");

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    assertThat(documents).hasSizeGreaterThan(5);
    return documents;
  }

  private static List<String> found(Pattern pattern, Path document) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(document));
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path document : documents()) {
      for (String link : found(LINK, document)) {
        assertThat(document.resolveSibling(link))
            .as("a link in %s", document.getFileName())
            .exists();
      }
    }
  }

  @Test
  void everyClassNamedIsThere() throws IOException {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(ROOT)) {
      classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    for (Path document : documents()) {
      for (String name : found(CLASS, document)) {
        assertThat(classes).as("named in %s", document.getFileName()).contains(name);
      }
    }
  }

  @Test
  void everyCommandNamedIsThere() throws IOException {
    String help = Ran.run("--help").out();
    for (Path document : documents()) {
      for (String command : found(COMMAND, document)) {
        assertThat(OF_THE_LAUNCHER.contains(command) || help.contains("\n  " + command + " "))
            .as("./earmark %s, named in %s", command, document.getFileName())
            .isTrue();
      }
    }
  }

  /** A row of what is promised, and what is in its second cell. */
  private static final Pattern PROMISE =
      Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\|[^|]*\\|$");

  private static final Pattern MEASURED = Pattern.compile("<!-- measured: ([A-Za-z.]+) -->");

  @Test
  void everyPromiseNamesWhatShowsIt() throws IOException {
    String reliability = Files.readString(ROOT.resolve("docs/reliability.md"));
    Matcher rows = PROMISE.matcher(reliability);
    int promises = 0;
    while (rows.find()) {
      boolean isPromise =
          !rows.group(1).equals("what is promised") && !rows.group(1).startsWith("-");
      if (isPromise) {
        promises++;
        assertThat(rows.group(2))
            .as(rows.group(1))
            .containsPattern("`(\\w+Test\\b|\\./earmark |\\.ci/)");
      }
    }
    assertThat(promises).isGreaterThan(30);
  }

  /** Numbers stand at the right of a column; above each such table its section names a command. */
  @Test
  void everyTableOfFiguresHasACommand() throws IOException {
    int tables = 0;
    for (Path document : documents()) {
      for (String section : Files.readString(document).split("(?m)^#+ ")) {
        if (section.contains("estimate\n")) {
          // Reckoned from the figures above it, and says so.
          continue;
        }
        int table = section.indexOf("---: |");
        if (table >= 0) {
          tables++;
          assertThat(section).as("%s", document.getFileName()).contains("`./earmark ");
        }
      }
    }
    assertThat(tables).isGreaterThan(8);
  }

  @Test
  void whatIsMeasuredByATestIsPrintedByIt() throws IOException {
    Set<String> printed = new HashSet<>();
    for (String module : List.of("indexer", "server", "server/opensearch")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          printed.addAll(found(Pattern.compile("figures: ([A-Za-z.]+|DrawMeasure\\.%s):"), file));
        }
      }
    }
    for (Path document : documents()) {
      for (String name : found(MEASURED, document)) {
        String key = name.startsWith("DrawMeasure.") ? "DrawMeasure.%s" : name;
        assertThat(printed).as("figures in %s", document.getFileName()).contains(key);
      }
    }
  }

  @Test
  void figuresThatTestsPrintGoIntoADocument(@TempDir Path folder) throws Exception {
    Path document =
        Files.writeString(
            folder.resolve("figures.md"),
            """
            | kills | <!-- measured: CrashTest -->5 kills (1 May 2026)<!-- end --> & more |
            | two | <!-- measured: A.made -->1 s<!-- end -->; <!-- measured: A.other -->2 s<!-- end --> |
            | drawn | <!-- measured: D.first -->1 | 2<!-- end --> |
            """);
    Path log =
        Files.writeString(
            folder.resolve("log"),
            """
            [INFO] figures: CrashTest: 50 kills, 100% kept & "none" lost \\1
            figures: A.other: after 45.5 → 7 ms
            figures: D.first: 93 | 122
            figures: Nobody: asks for this
            """);
    Process process =
        new ProcessBuilder("sh", ROOT.resolve(".ci/figures").toString(), document.toString())
            .redirectInput(log.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("figures of CrashTest A.other D.first are in");
    assertThat(
            Files.readString(document).replaceAll("\\(\\d{1,2} [A-Z][a-z]+ 20\\d\\d\\)", "(today)"))
        .isEqualTo(
            """
            | kills | <!-- measured: CrashTest -->50 kills, 100% kept & "none" lost \\1 (today)<!-- end --> & more |
            | two | <!-- measured: A.made -->1 s<!-- end -->; <!-- measured: A.other -->after 45.5 → 7 ms (today)<!-- end --> |
            | drawn | <!-- measured: D.first -->93 | 122<!-- end --> |
            """);
  }

  /** Each table of figures has a command, and each collection to be fetched is one. */
  @Test
  void everyTableOfQualityCanBeMadeFromNothing() throws IOException {
    String quality = Files.readString(ROOT.resolve("docs/quality.md"));
    for (String section : quality.split("(?m)^## ")) {
      if (section.contains("\n| ---")) {
        assertThat(section).as("a section with a table").contains("`./earmark bench ");
      }
    }
    List<String> collections =
        Files.readAllLines(ROOT.resolve("bench/collections.tsv")).stream()
            .map(row -> row.split("\t")[0])
            .toList();
    List<String> fetched = new ArrayList<>();
    for (Path document : documents()) {
      found(FETCH, document).forEach(names -> fetched.addAll(List.of(names.split(" "))));
    }
    fetched.removeIf(name -> name.equals("all") || name.equals("NAME"));
    assertThat(fetched).hasSizeGreaterThan(5).isSubsetOf(collections);
  }

  @Test
  void theReadmeStaysShort() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(LONGEST_README);
  }
}

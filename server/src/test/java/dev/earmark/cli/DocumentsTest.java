package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

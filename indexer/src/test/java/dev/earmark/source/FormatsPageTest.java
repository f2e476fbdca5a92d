package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page on formats tells of each format what its descriptor and its golden inputs say. Run with
 * {@code -Dgolden.update=true} it is brought up to date; endings and sources are written by hand.
 */
class FormatsPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/formats.md");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final int MOST_LINES = 120;

  private record Row(String id, String what, String endings, String read, String source) {
    static Row of(String line) {
      String[] cells = line.split("\\|");
      return new Row(
          cells[1].strip().replace("`", ""),
          cells[2].strip(),
          cells[3].strip(),
          cells[4].strip(),
          cells[5].strip());
    }

    @Override
    public String toString() {
      return "| `%s` | %s | %s | %s | %s |".formatted(id, what, endings, read, source);
    }
  }

  @Test
  void tellsOfEachFormat() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    Map<String, Row> told = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> line.startsWith("| `"))
        .map(Row::of)
        .forEach(row -> told.put(row.id(), row));
    Map<String, Row> expected = new LinkedHashMap<>();
    for (SourceFormat format : Formats.all()) {
      Row row = told.getOrDefault(format.id(), new Row(format.id(), "", "", "", ""));
      String what = format.descriptor().description().replace("|", "/");
      expected.put(
          format.id(), new Row(format.id(), what, row.endings(), read(format), row.source()));
    }
    if (Boolean.getBoolean("golden.update")) {
      write(lines, expected);
      return;
    }
    assertThat(told).containsExactlyEntriesOf(expected);
    assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
    for (Row row : told.values()) {
      assertThat(row.source())
          .as("docs/formats.md: write where %s is specified, or 'by example'", row.id())
          .isNotBlank();
      assertThat(row.endings().split(" "))
          .as("docs/formats.md: the endings of %s", row.id())
          .containsAll(endings(row));
    }
  }

  private static void write(List<String> lines, Map<String, Row> rows) throws IOException {
    List<String> page = new ArrayList<>();
    boolean written = false;
    for (String line : lines) {
      if (!line.startsWith("| `")) {
        page.add(line);
      }
      if (line.startsWith("| ---") && !written) {
        rows.values().forEach(row -> page.add(row.toString()));
        written = true;
      }
    }
    Files.write(PAGE, page);
  }

  private static List<Path> inputs(String id) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(id))) {
      return files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
    }
  }

  private static Set<String> endings(Row row) throws IOException {
    Set<String> endings = new TreeSet<>();
    for (Path input : inputs(row.id())) {
      String name = input.getFileName().toString();
      if (name.indexOf('.') > 0 && !name.endsWith(".path")) {
        endings.add(name.substring(name.lastIndexOf('.')));
      }
    }
    return endings;
  }

  /** What is read of the golden inputs of a format. */
  private static String read(SourceFormat format) throws IOException {
    boolean times = false;
    boolean names = false;
    boolean words = false;
    Set<String> kinds = new TreeSet<>();
    for (Path file : inputs(format.id())) {
      Path input =
          file.toString().endsWith(".path") ? ROOT.resolve(Files.readString(file).strip()) : file;
      RawSource source = new RawSource(input.getFileName().toString(), Files.readAllBytes(input));
      try {
        ParsedSource parsed = format.read(source, new ProblemLog(source.name()));
        for (Cue cue : parsed.cues()) {
          times = true;
          kinds.add("cues");
          names |= cue.speaker() != null;
          words |= !cue.words().isEmpty();
        }
        for (Moment moment : parsed.moments()) {
          times |= moment.anchor() instanceof Anchor.Exact;
          names |= moment.speaker() != null;
          String kind = moment.kind().name().toLowerCase(java.util.Locale.ROOT);
          kinds.add(kind);
        }
      } catch (SourceException refused) {
        // Some inputs are there to be refused.
      }
    }
    List<String> read = new ArrayList<>();
    if (times) {
      read.add("times");
    }
    if (names) {
      read.add("names");
    }
    if (words) {
      read.add("words");
    }
    String what = String.join(", ", kinds);
    if (read.isEmpty()) {
      return what;
    }
    String told = String.join(", ", read);
    return kinds.equals(Set.of("cues")) ? told : what + ": " + told;
  }
}

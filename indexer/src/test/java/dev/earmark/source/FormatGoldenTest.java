package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.earmark.model.ProblemLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every input in {@code golden/<format id>/} is recognised as that format and reads to what its
 * {@code .expected} file says.
 *
 * <p>An input that lies elsewhere in the repository is named by a {@code .path} file that holds its
 * path from the root. Run with {@code -Dgolden.update=true} to write the expected files; read them
 * before you commit them.
 */
class FormatGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path ROOT = Path.of("..");

  @TestFactory
  Stream<DynamicTest> everyFormat() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      List<Path> inputs =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".expected"))
              .sorted()
              .toList();
      assertThat(inputs).isNotEmpty();
      return inputs.stream()
          .map(file ->
              DynamicTest.dynamicTest(GOLDEN.relativize(file).toString(), () -> check(file)));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFormatHasAnInput() {
    return Formats.all().stream()
        .map(format ->
            DynamicTest.dynamicTest(
                format.id(),
                () ->
                    assertThat(GOLDEN.resolve(format.id()))
                        .as("golden inputs of " + format.id())
                        .isNotEmptyDirectory()));
  }

  private static void check(Path file) throws IOException {
    String formatId = file.getParent().getFileName().toString();
    Path input =
        file.toString().endsWith(".path") ? ROOT.resolve(Files.readString(file).strip()) : file;
    RawSource source = new RawSource(input.getFileName().toString(), Files.readAllBytes(input));
    assertThat(Formats.recognise(source).map(SourceFormat::id))
        .as("the format recognised for " + source.name())
        .contains(formatId);
    assertThat(Formats.candidates(source).getFirst().format().id())
        .as("the first candidate for " + source.name())
        .isEqualTo(formatId);
    Path expected = Path.of(file + ".expected");
    String actual = read(Formats.byId(formatId).orElseThrow(), source);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    } else if (!Files.exists(expected)) {
      fail(expected + " is missing. Run with -Dgolden.update=true, read it, and commit it.");
    } else {
      assertThat(actual)
          .as(expected + " is stale. If the change is right, run with -Dgolden.update=true.")
          .isEqualTo(Files.readString(expected));
    }
  }

  private static String read(SourceFormat format, RawSource source) {
    ProblemLog problems = new ProblemLog(source.name());
    try {
      return GoldenText.of(format.read(source, problems), problems);
    } catch (SourceException e) {
      return "refused, line " + e.line() + ": " + e.getMessage() + "\n";
    }
  }
}

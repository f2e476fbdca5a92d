package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole folders are indexed without an error that is not known: the seeds, all golden inputs, and a
 * slice of each real show where {@code ../shared} is there. With {@code -Dcorpora.files=100000} the
 * slice is all of it.
 */
class CorporaIndexTest {
  private static final Path CORPORA = Path.of("../../shared/corpora");
  private static final int FILES = Integer.getInteger("corpora.files", 40);

  /** Errors that are right: what cannot be read, or not here, by the end of its source. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          // The example's links lead to a host that only documents use.
          "cannot-fetch", Set.of("https://example.com/"),
          // Turns of meetings in a research project's own form.
          "unknown-format", Set.of("/qmsum/"));

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> aSliceOfEachShow() {
    return Stream.of(
            "bitcoin",
            "changelog/podcast",
            "changelog/practicalai",
            "syntaxfm",
            "talkpython",
            "qmsum/train",
            "sample")
        .map(show -> DynamicTest.dynamicTest(show, () -> indexReal(show)));
  }

  @Test
  void theSeeds() throws IOException {
    index("seeds", Path.of("../seeds"), FILES);
  }

  /** Each golden input as a file without a folder of its own; but those that are to be refused. */
  @Test
  void everyGoldenInput() throws IOException {
    Path golden = Path.of("src/test/resources/golden");
    Path copies = Files.createDirectories(folder.resolve("golden"));
    try (Stream<Path> walk = Files.walk(golden)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        Path expected = Path.of(file + ".expected");
        if (Files.exists(expected)
            && !file.toString().endsWith(".path")
            && !Files.readString(expected).startsWith("refused")) {
          String format = file.getParent().getFileName().toString();
          Path one = Files.createDirectories(copies.resolve(format + "-" + stem(file)));
          Files.copy(file, one.resolve(file.getFileName()));
        }
      }
    }
    index("golden inputs", copies, Integer.MAX_VALUE);
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace('.', '-');
  }

  private void indexReal(String show) throws IOException {
    Path corpus = CORPORA.resolve(show);
    assumeTrue(
        Files.isDirectory(corpus),
        "that a slice of "
            + show
            + " is indexed without errors ("
            + corpus
            + " is not there; the seeds and all golden inputs were indexed)");
    index(show, corpus, FILES);
  }

  private void index(String show, Path corpus, int most) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(corpus)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("LICENSE"))
              .sorted()
              .limit(most)
              .toList();
    }
    IndexSummary summary;
    try (LuceneIndexSink sink = LuceneIndexSink.open(folder.resolve(show))) {
      summary = new Indexer(sink, (id, done, of, words) -> {}).run(files);
    }
    System.out.printf(
        "%s: %d files, %d episodes, %d moments, %d words, %.0f words/s, %s%n",
        show,
        files.size(),
        summary.added(),
        summary.moments(),
        summary.words(),
        summary.words() * 1000.0 / Math.max(1, summary.tookMs()),
        summary.problemCounts());
    List<Problem> errors =
        summary.problems().stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .toList();
    assertThat(errors)
        .as("errors that are not known")
        .allMatch(CorporaIndexTest::isKnown, "is known");
    assertThat(summary.added())
        .as("episodes of " + files.size() + " files, of which " + errors.size() + " are known bad")
        .isGreaterThanOrEqualTo((files.size() - errors.size()) * 7 / 10);
  }

  private static boolean isKnown(Problem problem) {
    return KNOWN.getOrDefault(problem.code(), Set.of()).stream()
        .anyMatch(problem.source().replace('\\', '/')::contains);
  }
}

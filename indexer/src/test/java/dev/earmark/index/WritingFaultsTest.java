package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.index.lucene.IndexCheck;
import dev.earmark.index.lucene.IndexCopy;
import dev.earmark.index.lucene.LuceneIndexSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the disk, the files or the clock misbehave while an index is written. */
class WritingFaultsTest {
  @TempDir Path folder;

  private Path corpus() throws IOException {
    return Files.createDirectories(folder.resolve("corpus"));
  }

  private Path index() {
    return folder.resolve("index");
  }

  private void write(String id, int words, Random random) throws IOException {
    StringBuilder text = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < words; i++) {
      if (i % 10 == 0) {
        int second = i / 10;
        text.append(
            "\n%1$02d:%2$02d.000 --> %1$02d:%2$02d.900\n".formatted(second / 60, second % 60));
      }
      text.append(letters(random)).append(i % 10 == 9 ? "\n" : " ");
    }
    Files.writeString(corpus().resolve(id + ".vtt"), text);
  }

  private static String letters(Random random) {
    return random
        .ints(8, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private IndexSummary run() throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      return new Indexer(sink, (id, done, of, words) -> {}).run(List.of(corpus()));
    }
  }

  /** For a process of its own, whose files may not grow beyond what the shell allows. */
  static final class Limited {
    private Limited() {}

    public static void main(String[] arguments) throws IOException {
      try (LuceneIndexSink sink = LuceneIndexSink.open(Path.of(arguments[1]))) {
        tell(() ->
            new Indexer(sink, (id, done, of, words) -> {}).run(List.of(Path.of(arguments[0]))));
        // The disk may fail while another thread is about to commit: that is told alike.
        tell(sink::commit);
        tell(sink::finish);
      }
    }

    private interface Step {
      void take() throws IOException;
    }

    private static void tell(Step step) throws IOException {
      try {
        step.take();
        System.out.println("written");
      } catch (IndexException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aDiskThatTakesNoMoreCostsOnlyWhatWasNotCommitted() throws Exception {
    Random random = new Random(7);
    write("small", 100, random);
    run();
    for (int i = 0; i < 8; i++) {
      write("large-" + i, 20_000, random);
    }
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 400; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Neither the JVM's own files nor its log may meet the limit first.
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Limited.class.getName(),
                corpus().toString(),
                index().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.startsWith("the index in " + index())))
        .hasSize(3)
        .containsOnly(
            "the index in "
                + index()
                + " cannot be written: File too large; what was committed before is whole, so make"
                + " it writable, or make room, and run the same command again");
    IndexCheck.Result left = IndexCheck.of(index());
    assertThat(left.faults()).isEmpty();
    assertThat(left.episodes()).isEqualTo(1);
    assertThat(run().added()).isEqualTo(8);
    assertThat(IndexCheck.of(index()).episodes()).isEqualTo(9);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("index"), "a file, not a folder");
    assertThatThrownBy(() -> LuceneIndexSink.open(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("a file, not a folder");
  }

  @Test
  void filesThatComeAndGoWhileTheyAreReadHarmNobody() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      write("steady-" + i, 50, random);
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread mischief =
        Thread.ofPlatform()
            .start(() -> {
              Random own = new Random(seed);
              try {
                while (!stop.get()) {
                  Path file = corpus().resolve("fleeting-" + own.nextInt(10) + ".vtt");
                  Files.deleteIfExists(file);
                  if (own.nextBoolean()) {
                    Files.writeString(
                        file, "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a ".repeat(own.nextInt(50)));
                  }
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      for (int i = 0; i < 10; i++) {
        run();
      }
    } finally {
      stop.set(true);
      mischief.join();
    }
    run();
    IndexCheck.Result left = IndexCheck.of(index());
    assertThat(left.faults()).as("seed " + seed).isEmpty();
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      for (int i = 0; i < 20; i++) {
        assertThat(sink.known()).as("seed " + seed).containsKey("steady-" + i);
      }
    }
  }

  @Test
  void whatTheClockSaysOfAFileDoesNotMatter() throws IOException {
    write("a", 50, new Random(1));
    run();
    Path file = corpus().resolve("a.vtt");
    for (Duration shift : List.of(Duration.ofDays(-20_000), Duration.ofDays(20_000))) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plus(shift.abs()).plus(shift)));
      assertThat(run().unchanged()).isEqualTo(1);
    }
    FileTime before = Files.getLastModifiedTime(file);
    write("a", 60, new Random(2));
    Files.setLastModifiedTime(file, before);
    assertThat(run().changed()).isEqualTo(1);
  }

  @Test
  void anIndexOfAnotherSchemaIsNotTouched() throws IOException {
    write("a", 50, new Random(1));
    run();
    try (FSDirectory directory = FSDirectory.open(index());
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(java.util.Map.of("earmark.schema", "0").entrySet());
      writer.commit();
    }
    assertThatThrownBy(this::run)
        .isInstanceOf(IndexException.class)
        .hasMessageContaining(index() + " has schema 0, this Earmark reads ")
        .hasMessageContaining("./earmark index PATH --index NEW-FOLDER");
  }

  @Test
  void copiesMadeWhileTheIndexIsWrittenAreWhole() throws Exception {
    Random random = new Random(3);
    write("first", 200, random);
    run();
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              Random own = new Random(4);
              try {
                for (int i = 0; !stop.get(); i++) {
                  write("more-" + i % 30, 200 + i, own);
                  run();
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      int least = 1;
      for (int i = 0; i < 8; i++) {
        IndexCheck.Result copy = IndexCopy.copy(index(), folder.resolve("copy-" + i));
        assertThat(copy.faults()).isEmpty();
        assertThat(copy.episodes()).isGreaterThanOrEqualTo(least);
        least = copy.episodes();
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    // A copy is an index: it can be written to, and goes on from where it was.
    try (LuceneIndexSink sink = LuceneIndexSink.open(folder.resolve("copy-7"))) {
      new Indexer(sink, (id, done, of, words) -> {}).run(List.of(corpus()));
    }
    assertThat(IndexCheck.of(folder.resolve("copy-7")).episodes())
        .isEqualTo(IndexCheck.of(index()).episodes());
    assertThatThrownBy(() -> IndexCopy.copy(index(), folder.resolve("copy-7")))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("copy-7 is there already; name a folder that is not there yet");
    try (var left = Files.list(folder)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("."))).isEmpty();
    }
  }
}

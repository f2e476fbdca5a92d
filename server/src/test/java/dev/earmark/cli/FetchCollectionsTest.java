package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Corpora;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./earmark bench fetch}, against a repository that the test makes. */
class FetchCollectionsTest {
  private static final Path SCRIPT = Corpora.ROOT.resolve("bench/fetch");
  private static final Path TABLE = Corpora.ROOT.resolve("bench/collections.tsv");

  @TempDir Path folder;
  private Path theirs;
  private String first;

  private record Ran(int status, String said) {}

  @BeforeEach
  void publish() throws Exception {
    theirs = Files.createDirectories(folder.resolve("their repository"));
    git("init", "-q");
    write("LICENSE", "Do as you please.\n");
    write("talks/1 one.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThe lamp is lit.\n");
    write("talks/deep/2.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThe boat is in.\n");
    write("talks/notes.txt", "Not wanted.\n");
    write("code/other.vtt", "Not wanted.\n");
    commit();
    first = git("rev-parse", "HEAD").strip();
    write("talks/3.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThis came later.\n");
    commit();
  }

  private void write(String name, String text) throws IOException {
    Path file = theirs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void commit() throws Exception {
    git("add", "-A");
    git("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "more");
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", theirs.toString()));
    command.addAll(List.of(arguments));
    Ran ran = run(command);
    assertThat(ran.status()).as(ran.said()).isZero();
    return ran.said();
  }

  private static Ran run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said);
  }

  private Ran fetch(String commit, String folders, String... names) throws Exception {
    Path table = folder.resolve("table.tsv");
    Files.writeString(
        table,
        "# a comment\n"
            + String.join(
                "\t",
                "talks",
                theirs.toUri().toString(),
                commit,
                "Anything",
                "*.vtt",
                folders + "\n"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                SCRIPT.toString(),
                "--table",
                table.toString(),
                "--corpora",
                corpora().toString()));
    command.addAll(List.of(names));
    return run(command);
  }

  private Path corpora() {
    return folder.resolve("the corpora");
  }

  private List<String> fetched() throws IOException {
    if (!Files.isDirectory(corpora())) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(corpora())) {
      return all.filter(Files::isRegularFile)
          .map(file -> corpora().relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void takesTheFilesOfTheNamedCommitAndSaysWhoseTheyAre() throws Exception {
    Ran ran = fetch(first, "talks=.", "talks");
    assertThat(ran.status()).as(ran.said()).isZero();
    assertThat(ran.said()).contains("2 files of talks are in").contains("under Anything");
    assertThat(fetched())
        .containsExactly(
            "talks/1 one.vtt", "talks/LICENSE", "talks/PROVENANCE.txt", "talks/deep/2.vtt");
    assertThat(Files.readString(corpora().resolve("talks/PROVENANCE.txt")))
        .isEqualTo("source %s\ncommit %s\nlicence Anything\n".formatted(theirs.toUri(), first));

    Ran again = fetch(first, "talks=.", "all");
    assertThat(again.status()).isZero();
    assertThat(again.said()).contains("is in").contains("already");

    Ran other = fetch(git("rev-parse", "HEAD").strip(), "talks=.", "talks");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.said()).contains("is there already and is not talks at").contains("move it");
  }

  @Test
  void whatCannotBeFetchedLeavesNothingAndSaysWhy() throws Exception {
    String nowhere = "0123456789012345678901234567890123456789";
    Ran ran = fetch(nowhere, "talks=.", "talks");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.said()).contains("has no commit " + nowhere).contains("collections.tsv");

    Ran wrongFolder = fetch(first, "speeches=.", "talks");
    assertThat(wrongFolder.status()).isEqualTo(1);
    assertThat(wrongFolder.said()).contains("has no folder speeches at " + first);
    assertThat(fetched()).isEmpty();

    Ran unknown = fetch(first, "talks=.", "speeches");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.said()).contains("no collection called speeches; there are talks");

    Ran none = fetch(first, "talks=.");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.said()).contains("Usage: earmark bench fetch").contains("Anything, at");

    theirs = folder.resolve("gone");
    Ran gone = fetch(first, "talks=.", "talks");
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.said()).contains(theirs.toUri() + " cannot be fetched: ");
    assertThat(fetched()).isEmpty();
  }

  @Test
  void theTableNamesAnAddressACommitAndALicenceOfEachCollection() throws IOException {
    List<String> rows = Files.readAllLines(TABLE).stream().filter(l -> !l.startsWith("#")).toList();
    assertThat(rows).hasSizeGreaterThan(4);
    for (String row : rows) {
      String[] columns = row.split("\t", -1);
      assertThat(columns).as(row).hasSize(6);
      assertThat(columns[1]).startsWith("https://");
      assertThat(columns[2]).matches("[0-9a-f]{40}");
      assertThat(columns[3]).isNotBlank();
      assertThat(columns[5]).matches("\\S+=\\S+( \\S+=\\S+)*");
    }
  }
}

package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code export} writes where words were set right, and where transcripts are to choose from.
 */
class ExportTest {
  @TempDir Path root;

  @BeforeEach
  void index() throws IOException {
    Path corpus = Files.createDirectory(root.resolve("corpus"));
    Files.writeString(
        corpus.resolve("quay.vtt"),
        """
        WEBVTT

        00:00:05.000 --> 00:00:11.000
        <v Ada Quist>At Gull Haven the crane is broken again, so it was all done by hand.

        00:00:11.000 --> 00:00:18.000
        <v Ben Orr>Then Gulhafen has to wait for the evening tide.
        """);
    Files.writeString(
        corpus.resolve("quay.txt"),
        "At Gull Haven the crane is broken again, so it was all done by hand.\n\n"
            + "Then Gulhafen has to wait for the evening tide.\n");
    Files.writeString(
        corpus.resolve("quay.yaml"),
        "title: On the quay\nheard: {Gullhaven: [Gull Haven, Gulhafen]}\n");
    assertThat(Ran.run("index", corpus, "--index", root.resolve("index")).status()).isZero();
  }

  private String export(String... options) {
    Object[] words = new Object[options.length + 4];
    words[0] = "export";
    words[1] = "quay";
    System.arraycopy(options, 0, words, 2, options.length);
    words[options.length + 2] = "--index";
    words[options.length + 3] = root.resolve("index");
    Ran ran = Ran.run(words);
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.out();
  }

  @Test
  void markdownMarksWhatWasSetRight() {
    assertThat(export("--as", "md"))
        .contains("At *Gullhaven* [heard: Gull Haven] the crane is broken again")
        .contains("Then *Gullhaven* [heard: Gulhafen] has to wait");
  }

  @Test
  void jsonTellsWhatWasHeard() throws IOException {
    JsonNode segments = new ObjectMapper().readTree(export("--as", "json")).path("segments");
    assertThat(segments.path(0).path("body").asText()).startsWith("At Gullhaven the crane");
    JsonNode heard = segments.path(0).path("heard");
    assertThat(heard).hasSize(1);
    assertThat(heard.toString()).contains("Gull Haven");
    assertThat(segments.path(1).path("heard").toString()).contains("Gulhafen");
  }

  @Test
  void captionsHaveTheRightWordWithoutAMark() {
    assertThat(export("--as", "vtt"))
        .contains("<v Ben Orr>Then Gullhaven has to wait for the evening tide.")
        .doesNotContain("Gulhafen");
    assertThat(export("--as", "srt")).contains("At Gullhaven the crane").doesNotContain("heard");
  }

  @Test
  void theTranscriptIsChosenByItsName() {
    assertThat(export("--as", "txt", "--track", "quay.txt"))
        .contains("Then Gullhaven has to wait")
        .doesNotContain("Ben Orr");
    assertThat(export("--as", "txt", "--track", "quay.vtt")).contains("Ben Orr: Then Gullhaven");
    Ran none =
        Ran.run("export", "quay", "--as", "txt", "--track", "x", "--index", root.resolve("index"));
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("\"quay\" has no transcript \"x\"; it has quay.txt, quay.vtt");
  }

  private Ran vault(Object... options) {
    Object[] words = new Object[options.length + 3];
    words[0] = "export";
    System.arraycopy(options, 0, words, 1, options.length);
    words[options.length + 1] = "--index";
    words[options.length + 2] = root.resolve("index");
    return Ran.run(words);
  }

  @Test
  void aVaultGetsWhatIsNotThereYet() throws IOException {
    Path vault = root.resolve("vault");
    Ran first = vault("quay", "--vault", vault, "--query", "crane");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("1 quotation added");
    assertThat(first.out().strip()).isEqualTo(vault.resolve("On the quay.md").toString());
    Ran second = vault("quay", "--vault", vault, "--server", "https://talks.test/");
    assertThat(second.err()).contains("1 quotation added, 1 there already");
    assertThat(Files.readString(vault.resolve("On the quay.md")))
        .startsWith("---\nearmark: \"/e/quay\"\ntitle: \"On the quay\"\n")
        .contains("> — Ada Quist, [0:06](http://127.0.0.1:7070/e/quay?t=6)\n\n^em-")
        .contains("> — Ben Orr, [0:11](https://talks.test/e/quay?t=11)\n\n^em-");
    Ran search = vault("--vault", vault, "--query", "evening tide");
    assertThat(search.out().strip()).isEqualTo(vault.resolve("evening tide.md").toString());
    assertThat(Files.readString(vault.resolve("evening tide.md")))
        .startsWith("---\nearmark: \"/?q=evening+tide\"\nsearch: \"evening tide\"\n---\n")
        .contains("> — Ben Orr, [[On the quay]], [0:16](");
    Ran nothing = vault("--vault", vault, "--query", "zxqv");
    assertThat(nothing.status()).isZero();
    assertThat(nothing.err()).contains("nothing was found, so no note was written");
    // What has only one of the words is offered on a page, which says so; a note could not.
    Ran some = vault("quay", "--vault", vault, "--query", "crane zxqv");
    assertThat(some.err()).contains("nothing was found, so no note was written");
  }

  @Test
  void whatDoesNotGoTogetherIsSaid() throws IOException {
    Path vault = root.resolve("vault");
    Path file = Files.writeString(root.resolve("file"), "");
    refused("say what to write: --as FORM", "quay");
    refused("say what to write: --as FORM", "quay", "--as", "md", "--vault", vault);
    refused("an EPISODE, a --query, or both", "--vault", vault);
    refused("--track goes with --as", "quay", "--vault", vault, "--track", "quay.txt");
    refused("--query goes with --vault", "quay", "--as", "md", "--query", "crane");
    refused("say which EPISODE", "--as", "md");
    refused("is a file", "quay", "--vault", file);
    refused("--server must be an address", "quay", "--vault", vault, "--server", "x y");
    assertThat(vault("nobody", "--vault", vault).err()).contains("there is no episode \"nobody\"");
    assertThat(vault).doesNotExist();
  }

  private void refused(String message, Object... options) {
    Ran ran = vault(options);
    assertThat(ran.err()).contains(message);
    assertThat(ran.status()).isEqualTo(2);
  }
}

package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.lucene.MomentEmbedding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --meaning} does, with the model that comes along. */
class MeaningCommandsTest {
  private static final String MODEL = "all-minilm-l6-v2-q-da1b4529cfb1ba73";

  @TempDir Path folder;

  @BeforeEach
  void talk() throws IOException {
    Files.createDirectories(corpus());
    Files.writeString(
        corpus().resolve("talk.vtt"),
        """
        WEBVTT
        Language: en

        00:01.000 --> 00:09.000
        The commitments on compute were made years ahead, so nobody gets more GPUs today.

        00:40.000 --> 00:49.000
        My grandmother kept bees in the garden behind the house.
        """);
  }

  private Path corpus() {
    return folder.resolve("corpus");
  }

  private Path index() {
    return folder.resolve("index");
  }

  private int vectors() throws IOException {
    try (Directory directory = FSDirectory.open(index());
        DirectoryReader reader = DirectoryReader.open(directory)) {
      return MomentEmbedding.count(reader, MODEL);
    }
  }

  private Ran index(Object... more) {
    Object[] all = new Object[4 + more.length];
    all[0] = "index";
    all[1] = corpus();
    all[2] = "--index";
    all[3] = index();
    System.arraycopy(more, 0, all, 4, more.length);
    return Ran.run(all);
  }

  @Test
  void anIndexRemembersItsModel() throws IOException {
    Ran ran = index("--meaning", "en");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(vectors()).isEqualTo(2);
    assertThat(index().resolve("vectors/model")).hasContent("en");
    Files.writeString(
        corpus().resolve("other.vtt"),
        "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:09.000\nOrchards are watered at night.\n");
    assertThat(index("--meaning", "off").status()).isZero();
    assertThat(vectors()).isEqualTo(2);
    assertThat(index().resolve("vectors/model")).hasContent("en");
    assertThat(index("--json").status()).isZero();
    assertThat(vectors()).isEqualTo(3);
    Path copy = folder.resolve("copy");
    assertThat(Ran.run("snapshot", copy, "--index", index()).status()).isZero();
    assertThat(copy.resolve("vectors/model")).hasContent("en");
  }

  @Test
  void whatIsWrongWithAModelIsSaidAndWordsGoOn() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Ran ran = index("--meaning", model);
    assertThat(ran.status()).isZero();
    assertThat(ran.err())
        .contains(
            "earmark: the model's file "
                + model.resolve("earmark-model.json")
                + " is missing; put it there")
        .contains("only words are searched");
    assertThat(index().resolve("vectors")).doesNotExist();
    Ran found = Ran.run("search", "grandmother", "--index", index());
    assertThat(found.status()).isZero();
    assertThat(found.out()).contains("bees");
  }

  /** Neither the model nor what runs it is loaded where nobody asks for meaning. */
  @Test
  void whoDoesNotAskForItLoadsNothingOfIt() throws Exception {
    for (String[] command :
        new String[][] {
          {"index", corpus().toString(), "--index", index().toString()},
          {"search", "bees", "--index", index().toString()},
          {"index", corpus().toString(), "--index", index().toString(), "--meaning", "off"}
        }) {
      assertThat(classesOfMeaning(command)).as(String.join(" ", command)).isEmpty();
      assertThat(index().resolve("vectors")).doesNotExist();
    }
    assertThat(
            classesOfMeaning(
                "index", corpus().toString(), "--index", index().toString(), "--meaning", "en"))
        .anyMatch(line -> line.contains("ai.onnxruntime.OrtSession"))
        .anyMatch(line -> line.contains("dev.earmark.meaning.OnnxTextEmbedder"));
  }

  private List<String> classesOfMeaning(String... arguments) throws Exception {
    Path log = Files.createTempFile(folder, "loaded", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded.stream().filter(line -> line.contains(Main.class.getName()))).isNotEmpty();
    return loaded.stream()
        .filter(line ->
            line.contains(" ai.onnxruntime")
                || line.contains(" dev.earmark.meaning")
                || line.contains("VectorJournal"))
        .toList();
  }
}

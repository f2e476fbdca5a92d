package dev.earmark.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.EmbeddingModelException;
import dev.earmark.vector.QuestionAdapter;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.TextEmbedderProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that comes along, and what is said of one that cannot be used. */
class OnnxTextEmbedderTest {
  private static final TextEmbedderProvider PROVIDER =
      ServiceLoader.load(TextEmbedderProvider.class).findFirst().orElseThrow();

  @TempDir static Path cache;
  private static TextEmbedder embedder;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    embedder = PROVIDER.open(null, cache);
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  /** Quantised arithmetic differs a little from one kind of processor to the other. */
  @Test
  void vectorsAreThoseOfTheModel() {
    assertThat(embedder.model()).isEqualTo("all-minilm-l6-v2-q-da1b4529cfb1ba73");
    assertVector(
        "Why can't they just buy more chips?",
        new float[] {.0296f, -.0202f, .0039f, -.0396f, -.0125f, -.0630f, .0318f, .0005f});
    assertVector(
        "🎧🎧", new float[] {-.0318f, -.0177f, .0575f, .0072f, .0168f, -.0120f, .1340f, -.0260f});
    assertVector(
        "", new float[] {-.0937f, .0377f, .0052f, .0009f, .0429f, .0056f, .1190f, -.0112f});
  }

  private static void assertVector(String text, float[] first) {
    float[] vector = embedder.passage(text);
    assertThat(vector).hasSize(384);
    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
    assertThat(Arrays.copyOf(vector, first.length)).containsExactly(first, within(.02f));
  }

  @Test
  void whatMeansTheSameIsNearerThanWhatSharesWords() {
    float[] question = embedder.query("why can't they just buy more chips");
    double meant =
        cosine(
            question,
            embedder.passage(
                "The commitments on compute were made years ahead, so no data center can get"
                    + " additional GPUs today."));
    double words =
        cosine(question, embedder.passage("They can't just sit there and buy more potato chips."));
    double other = cosine(question, embedder.passage("My grandmother kept bees in the garden."));
    assertThat(meant).isGreaterThan(other + .1);
    assertThat(words).isGreaterThan(other);
  }

  @Test
  void bytesKeepTheCosine() {
    List<float[]> vectors = new ArrayList<>();
    for (String text : List.of("one", "the second of them", "data centers", "bees")) {
      vectors.add(embedder.passage(text));
    }
    for (float[] one : vectors) {
      for (float[] other : vectors) {
        assertThat((double) ByteVectors.cosine(ByteVectors.of(one), ByteVectors.of(other)))
            .isCloseTo(cosine(one, other), within(.02));
      }
    }
  }

  @Test
  void aTextOfAnyLengthHasOne() {
    float[] whole = embedder.passage("compute commitments ".repeat(5_000));
    assertThat(whole).isEqualTo(embedder.passage("compute commitments ".repeat(6_000)));
    assertThat(embedder.query("日本語".repeat(4_000))).hasSize(384);
  }

  @Test
  void threadsGetTheVectorsThatOneGets() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("number " + i + " of them, " + "and more ".repeat(i));
    }
    List<float[]> alone = texts.stream().map(embedder::passage).toList();
    try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
      List<Future<float[]>> together = new ArrayList<>();
      for (String text : texts) {
        together.add(workers.submit(() -> embedder.passage(text)));
      }
      for (int i = 0; i < texts.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  @Test
  void readsEnglishOfAllCountries() {
    assertThat(embedder.reads("en")).isTrue();
    assertThat(embedder.reads("en-GB")).isTrue();
    assertThat(embedder.reads("EN_us")).isTrue();
    assertThat(embedder.reads("de")).isFalse();
    assertThat(embedder.reads("")).isFalse();
  }

  @Test
  void theLibraryIsUnpackedOnceAndNowhereElse() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> file.getFileName().toString().contains("onnxruntime"))
          .hasSize(2);
    }
    assertThat(System.getProperty("onnxruntime.native.path")).startsWith(cache.toString());
  }

  @Test
  void anotherModelIsNamedByItsFolder() throws IOException {
    describe("\"cls\", \"unrelated\": 0.25", 384);
    copy("all-minilm-l6-v2-q.onnx", "model.onnx");
    copy("all-minilm-l6-v2-q-tokenizer.json", "tokenizer.json");
    try (TextEmbedder other = PROVIDER.open(folder, cache)) {
      assertThat(other.model()).startsWith("mine-").isNotEqualTo(embedder.model());
      assertThat(other.reads("fr")).isTrue();
      assertThat(other.unrelated()).isEqualTo(.25f);
      assertThat(embedder.unrelated()).isZero();
      assertThat(cosine(other.passage("chips"), embedder.passage("chips"))).isLessThan(.999);
    }
  }

  @Test
  void whatIsWrongWithAFolderIsSaid() throws IOException {
    assertRefused("there is no folder " + folder.resolve("none"), folder.resolve("none"));
    assertRefused(
        "the model's file " + folder.resolve("earmark-model.json") + " is missing", folder);
    Files.writeString(folder.resolve("earmark-model.json"), "{\"name\": \"mine\"}");
    assertRefused(
        folder.resolve("earmark-model.json")
            + " does not describe a model: Missing required creator property 'model'",
        folder);
    describe("\"max\"", 384);
    assertRefused("does not describe a model", folder);
    describe("\"mean\", \"unrelated\": 1", 384);
    assertRefused("unrelated must be from 0 to less than 1, is 1.0", folder);
    describe("\"mean\"", 4096);
    assertRefused("dimension must be 1 to 1024, is 4096", folder);
    describe("\"mean\"", 128);
    assertRefused("the model's file " + folder.resolve("tokenizer.json") + " is missing", folder);
    copy("all-minilm-l6-v2-q-tokenizer.json", "tokenizer.json");
    assertRefused("the model's file " + folder.resolve("model.onnx") + " is missing", folder);
    Files.writeString(folder.resolve("model.onnx"), "not a model");
    assertRefused(folder.resolve("model.onnx") + " cannot be used as a model", folder);
    copy("all-minilm-l6-v2-q.onnx", "model.onnx");
    assertRefused(
        folder.resolve("model.onnx")
            + " makes vectors of 384 dimensions, its earmark-model.json says 128; set dimension to"
            + " 384",
        folder);
  }

  @Test
  void questionsAreTurnedAsTheFolderSays() throws IOException {
    describe("\"mean\", \"questions\": \"turned.bin\"", 384);
    copy("all-minilm-l6-v2-q.onnx", "model.onnx");
    copy("all-minilm-l6-v2-q-tokenizer.json", "tokenizer.json");
    assertRefused("the model's file " + folder.resolve("turned.bin") + " is missing", folder);
    Files.write(folder.resolve("turned.bin"), new byte[40]);
    assertRefused("turned.bin does not say how questions are turned", folder);
    float[] shift = new float[384];
    shift[3] = 100;
    byte[] turning = new QuestionAdapter(shift, new float[0][], new float[0][]).bytes();
    Files.write(folder.resolve("turned.bin"), turning);
    try (TextEmbedder other = PROVIDER.open(folder, cache)) {
      assertThat(other.question("why not buy more chips")[3]).isGreaterThan(.99f);
      assertThat(other.query("why not buy more chips"))
          .isEqualTo(other.passage("why not buy more chips"));
    }
  }

  @Test
  void aQuestionIsTurnedTowardsItsAnswer() {
    String question = "what did they think of the price of the remote control";
    String answer = "twenty five euros is a lot for a thing that only changes channels";
    float[] asked = embedder.question(question);
    assertThat(cosine(asked, asked)).isCloseTo(1, within(1e-5));
    assertThat(asked).isNotEqualTo(embedder.query(question));
    // Against small talk, which is as far from the one as from the other.
    String talk = "okay so welcome everybody and good morning to this our second meeting";
    double before = nearer(embedder.query(question), answer, talk);
    assertThat(nearer(asked, answer, talk)).isGreaterThan(before);
  }

  private static double nearer(float[] asked, String answer, String other) {
    return cosine(asked, embedder.passage(answer)) - cosine(asked, embedder.passage(other));
  }

  private static void assertRefused(String message, Path folder) {
    assertThatThrownBy(() -> PROVIDER.open(folder, cache))
        .isInstanceOf(EmbeddingModelException.class)
        .hasMessageContaining(message);
  }

  private void describe(String pooling, int dimension) throws IOException {
    Files.writeString(
        folder.resolve("earmark-model.json"),
        "{\"name\": \"mine\", \"model\": \"model.onnx\", \"tokenizer\": \"tokenizer.json\","
            + " \"dimension\": %d, \"maxTokens\": 64, \"pooling\": %s, \"languages\": [\"*\"]}"
                .formatted(dimension, pooling));
  }

  private void copy(String resource, String name) throws IOException {
    try (InputStream in = OnnxTextEmbedderTest.class.getResourceAsStream("/" + resource)) {
      Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}

package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of different names that are, or are not, of one recording. */
final class SameRecordingsTest {
  private static final List<String> TURNS =
      List.of(
          "Good morning all of you out there, and thank you for coming on such a day.",
          "The crane is broken again, so everything that you see behind me was carried by hand.",
          "A rope forgives you once. The second time it parts, and you had better not stand"
              + " there.",
          "We learned it from the tide tables and from the old men on the pier.");

  @TempDir Path root;

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String vtt(List<String> turns) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < turns.size(); i++) {
      vtt.append(
          "\n%02d:%02d.000 --> %02d:%02d.000\n%s\n"
              .formatted(i / 6, i % 6 * 10, i / 6, i % 6 * 10 + 9, turns.get(i)));
    }
    return vtt.toString();
  }

  /** What a recogniser writes a word at a time. */
  private static String json(List<String> turns) {
    StringBuilder json = new StringBuilder("{\"language\": \"en\", \"segments\": [");
    for (int i = 0; i < turns.size(); i++) {
      json.append(i == 0 ? "" : ", ");
      json.append(
          "{\"id\": %d, \"start\": %d.0, \"end\": %d.0, \"text\": \" %s\", \"words\": ["
              .formatted(i, 10 * i, 10 * i + 9, turns.get(i)));
      String[] words = turns.get(i).split(" ");
      for (int w = 0; w < words.length; w++) {
        json.append(w == 0 ? "" : ", ");
        json.append(
            "{\"word\": \" %s\", \"start\": %.2f, \"end\": %.2f, \"probability\": 0.9}"
                .formatted(words[w], 10 * i + w * 0.3, 10 * i + w * 0.3 + 0.2));
      }
      json.append("]}");
    }
    return json.append("]}").toString();
  }

  private static List<String> speech(long seed, int turns) {
    Random random = new Random(seed);
    return java.util.stream.IntStream.range(0, turns)
        .mapToObj(turn -> {
          StringBuilder text = new StringBuilder("The ");
          for (int word = 0; word < 20; word++) {
            int number = (int) Math.abs(random.nextGaussian() * 300);
            text.append("abcdefgh".charAt(number % 8)).append((char) ('a' + number / 8 % 26));
            text.append("of and the".split(" ")[number % 3]).append(' ');
          }
          return text.toString().strip() + ".";
        })
        .toList();
  }

  private List<String> ids() {
    return CorpusScanner.scan(List.of(root)).episodes().stream().map(EpisodeInput::id).toList();
  }

  @Test
  void captionsAndATextOfAnotherNameAreOneRecording() throws IOException {
    write("interview.vtt", vtt(TURNS));
    write("New recording 12 (final).txt", String.join("\n\n", TURNS));
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(root));
    assertThat(scan.episodes()).extracting(EpisodeInput::id).containsExactly("interview");
    assertThat(scan.problems()).extracting(Problem::code).containsExactly("same-recording");
    assertThat(scan.taken()).singleElement().asString().endsWith("New recording 12 (final).txt");
    EpisodeDocument document = EpisodeReader.read(scan.episodes().getFirst());
    assertThat(document.sources())
        .extracting(SourceDocument::name)
        .containsExactly("interview.vtt");
    assertThat(document.alternatives()).hasSize(1);
  }

  @Test
  void longTranscriptsAreJoinedInEveryFormWhereverTheyLie() throws IOException {
    List<String> talk = speech(1, 60);
    write("captions/talk.vtt", vtt(talk));
    write("texts/Voice memo.txt", String.join("\n\n", talk));
    write("asr/audio_0007.json", json(talk));
    write("captions/other.vtt", vtt(speech(2, 60)));
    assertThat(ids()).containsExactlyInAnyOrder("audio-0007", "other");
  }

  @Test
  void heavyEditingIsSeenThrough() throws IOException {
    Random random = new Random(3);
    List<String> talk = speech(1, 60);
    List<String> edited =
        talk.stream()
            .map(turn ->
                String.join(
                    " ",
                    List.of(turn.split(" ")).stream()
                        .map(word -> random.nextInt(9) == 0 ? "changed" : word)
                        .toList()))
            .toList();
    write("talk.vtt", vtt(talk));
    write("Clean copy.md", "# Notes\n\n" + String.join("\n\n", edited));
    assertThat(ids()).containsExactly("talk");
  }

  @Test
  void whatIsSaidToBeAnotherRecordingStaysByItself() throws IOException {
    List<String> talk = speech(1, 60);
    write("part1.vtt", vtt(talk));
    write("part2.vtt", vtt(talk));
    write("2024-01-05 rerun.vtt", vtt(talk));
    write("2021-03-02 first.srt", vtt(talk).replace("WEBVTT\n\n", "").replace('.', ','));
    write("a/episode.yaml", "title: One\n");
    write("a/a.vtt", vtt(speech(4, 60)));
    write("b/episode.yaml", "title: Two\n");
    write("b/b.vtt", vtt(speech(4, 60)));
    // The first of those that differ in a number is joined with one of the dated ones.
    assertThat(ids()).contains("a", "b").hasSize(4);
  }

  @Test
  void theNameOfTheManifestIsKept() throws IOException {
    List<String> talk = speech(1, 60);
    write("a memo.txt", String.join("\n\n", talk));
    write("harbour/episode.yaml", "id: harbour-12\ntitle: Ropes\n");
    write("harbour/talk.vtt", vtt(talk));
    assertThat(ids()).containsExactly("harbour-12");
  }

  @Test
  void talksOfOneShowAreKeptApart() throws IOException {
    List<String> intro = speech(9, 4);
    for (int i = 0; i < 20; i++) {
      List<String> talk = new java.util.ArrayList<>(intro);
      talk.addAll(speech(100 + i, 40));
      write("talk " + (char) ('a' + i) + ".vtt", vtt(talk));
    }
    assertThat(ids()).hasSize(20);
  }
}

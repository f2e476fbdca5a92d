package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.align.Aligner;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of one recording are searched once. */
final class SameWordsTest {
  private static final List<String> WORDS =
      List.of(
          ("harbour crane tide mooring lines evening morning office broken boat ladder winch rope"
                  + " fog bell pier keeper lamp storm ferry captain deck anchor chart")
              .split(" "));

  @TempDir Path root;

  /** Captions without speakers, seven words each in three seconds. */
  private static String captions(List<String> turns) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n\n");
    int second = 0;
    for (String turn : turns) {
      String[] words = turn.split(" ");
      for (int from = 0; from < words.length; from += 7) {
        int to = Math.min(words.length, from + 7);
        vtt.append(
            String.format(
                "%02d:%02d.000 --> %02d:%02d.000%n%s%n%n",
                second / 60,
                second % 60,
                (second + 3) / 60,
                (second + 3) % 60,
                String.join(" ", List.of(words).subList(from, to))));
        second += 3;
      }
    }
    return vtt.toString();
  }

  private static List<String> turns(long seed) {
    Random random = new Random(seed);
    List<String> turns = new ArrayList<>();
    for (int turn = 0; turn < 12; turn++) {
      StringBuilder text = new StringBuilder("So the");
      for (int word = 0; word < 25; word++) {
        text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
      }
      turns.add(text + ".");
    }
    return turns;
  }

  private EpisodeDocument read() {
    EpisodeDocument document =
        EpisodeReader.read(CorpusScanner.scan(List.of(root)).episodes().getFirst());
    return Aligner.align(document);
  }

  @Test
  void aCleanTranscriptTakesTheTimesOfTheCaptions() throws IOException {
    List<String> turns = turns(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < turns.size(); i++) {
      text.append(i % 2 == 0 ? "Ada Quist: " : "Ben Orr: ").append(turns.get(i)).append("\n\n");
    }
    Files.writeString(root.resolve("talk.vtt"), captions(turns));
    Files.writeString(root.resolve("talk.txt"), text.toString());
    EpisodeDocument once = SameWords.once(read());
    assertThat(once.problems()).extracting(Problem::code).containsExactly("same-words");
    assertThat(once.sources()).extracting(SourceDocument::name).containsExactly("talk.txt");
    assertThat(once.alternatives())
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.searched()).isEqualTo("talk.txt");
          assertThat(kept.document().name()).isEqualTo("talk.vtt");
          assertThat(kept.document().moments()).allMatch(moment -> moment.cues() != null);
        });
    assertThat(once.sources().getFirst().moments())
        .hasSizeGreaterThan(5)
        .allSatisfy(moment -> {
          assertThat(moment.kind()).isEqualTo(Kind.SEGMENT);
          assertThat(moment.speaker()).isNotNull();
          assertThat(moment.anchor()).isNotInstanceOf(Anchor.Unplaced.class);
        });
  }

  @Test
  void whatTimesEachWordIsSearched() throws IOException {
    List<String> turns = turns(3);
    StringBuilder json = new StringBuilder("{\"segments\": [");
    for (int i = 0; i < turns.size(); i++) {
      json.append(i == 0 ? "" : ", ")
          .append(
              "{\"start\": %d, \"end\": %d, \"text\": \"%s\", \"words\": ["
                  .formatted(10 * i, 10 * i + 9, turns.get(i)));
      String[] words = turns.get(i).split(" ");
      for (int w = 0; w < words.length; w++) {
        json.append(w == 0 ? "" : ", ")
            .append(
                "{\"word\": \" %s\", \"start\": %s, \"end\": %s}"
                    .formatted(words[w], 10 * i + w * 0.25, 10 * i + w * 0.25 + 0.2));
      }
      json.append("]}");
    }
    Files.writeString(root.resolve("talk.captions.vtt"), captions(turns));
    Files.writeString(root.resolve("talk.words.json"), json.append("]}"));
    EpisodeDocument once = SameWords.once(read());
    assertThat(once.sources()).extracting(SourceDocument::name).containsExactly("talk.words.json");
    assertThat(once.alternatives()).hasSize(1);
  }

  @Test
  void whatIsLeftOutTakesTheTimesOfWhatIsSearched() throws IOException {
    List<String> turns = turns(3);
    Files.writeString(root.resolve("talk.vtt"), captions(turns));
    Files.writeString(root.resolve("talk.txt"), String.join("\n\n", turns));
    EpisodeDocument once = SameWords.once(read());
    assertThat(once.sources()).extracting(SourceDocument::name).containsExactly("talk.vtt");
    assertThat(once.alternatives()).hasSize(1);
    assertThat(once.alternatives().getFirst().document().moments())
        .hasSizeGreaterThan(5)
        .allSatisfy(moment -> {
          assertThat(moment.kind()).isEqualTo(Kind.SEGMENT);
          assertThat(moment.anchor()).isInstanceOf(Anchor.Estimated.class);
        });
  }

  @Test
  void otherTalksAndTranslationsAreNotTheSame() throws IOException {
    Files.writeString(root.resolve("talk.vtt"), captions(turns(3)));
    Files.writeString(root.resolve("talk.srt"), captions(turns(4)).replace("WEBVTT\n\n", ""));
    Files.writeString(root.resolve("talk.de.vtt"), captions(turns(3)));
    EpisodeDocument all = read();
    EpisodeDocument once = SameWords.once(all);
    assertThat(once.sources()).isEqualTo(all.sources());
    assertThat(once.alternatives()).isEmpty();
    assertThat(once.problems()).isEmpty();
  }

  @Test
  void recognisersThatDifferInSomeWordsAreTheSame() throws IOException {
    Random random = new Random(5);
    List<String> turns = turns(3);
    List<String> other = new ArrayList<>();
    for (String turn : turns) {
      StringBuilder heard = new StringBuilder();
      for (String word : turn.split(" ")) {
        heard.append(random.nextInt(8) == 0 ? "hum" : word).append(' ');
      }
      other.add(heard.toString().strip());
    }
    Files.writeString(root.resolve("talk.vtt"), captions(turns));
    Files.writeString(
        root.resolve("talk.srt"), captions(other).replace("WEBVTT\n\n", "").replace('.', ','));
    EpisodeDocument document = read();
    assertThat(document.problems()).extracting(Problem::code).contains("same-words");
    assertThat(document.sources().stream().flatMap(source -> source.moments().stream()))
        .extracting(Moment::kind)
        .containsOnly(Kind.SEGMENT);
    assertThat(document.sources()).filteredOn(s -> !s.moments().isEmpty()).hasSize(1);
  }
}

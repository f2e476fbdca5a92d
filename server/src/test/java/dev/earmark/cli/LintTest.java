package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lint} prints of a folder: facts and where they come from, and quotations. */
class LintTest {
  private static final List<String> TURNS =
      List.of(
          "Good morning all of you out there, and thank you for coming on such a day.",
          "The crane is broken again, so everything that you see behind me was carried by hand.",
          "A rope forgives you once. The second time it parts, and you had better not stand"
              + " there.",
          "We learned it from the tide tables and from the old men on the pier.");

  @TempDir Path root;

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String vtt(int turns) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < turns; i++) {
      vtt.append("\n00:%02d.000 --> 00:%02d.000\n%s\n".formatted(10 * i, 10 * i + 9, TURNS.get(i)));
    }
    return vtt.toString();
  }

  private List<String> lint(String... options) {
    List<Object> words = new java.util.ArrayList<>(List.of("lint"));
    words.addAll(List.of(options));
    words.add(root);
    Ran ran = Ran.run(words.toArray());
    assertThat(ran.status()).isZero();
    return ran.out().lines().map(line -> line.replace(root + "/", "")).toList();
  }

  @Test
  void eachFactIsListedWithItsSource() throws IOException {
    write("Harbour Hours/show.yaml", "language: en\nspeakers: [{name: Ada Quist, role: host}]\n");
    write("Harbour Hours/2024-03-12 - S02E05 - Ropes and knots.vtt", vtt(4));
    assertThat(lint())
        .containsExactlyInAnyOrder(
            "2024-03-12-s02e05-ropes-and-knots: language: en (from show.yaml)",
            "2024-03-12-s02e05-ropes-and-knots: speakers: Ada Quist (from show.yaml)",
            "2024-03-12-s02e05-ropes-and-knots: title: Ropes and knots (from the names of file and"
                + " folders)",
            "2024-03-12-s02e05-ropes-and-knots: show: Harbour Hours (from the names of file and"
                + " folders)",
            "2024-03-12-s02e05-ropes-and-knots: date: 2024-03-12 (from the names of file and"
                + " folders)",
            "2024-03-12-s02e05-ropes-and-knots: season: 2 (from the names of file and folders)",
            "2024-03-12-s02e05-ropes-and-knots: number: 5 (from the names of file and folders)");
    assertThat(lint("--no-facts")).isEmpty();
  }

  @Test
  void aQuotationAtAWrongTimeAndOneThatIsNowhereAreListedByLine() throws IOException {
    write("talk.vtt", vtt(4));
    write(
        "talk.notes.md",
        """
        # What was said

        > "A rope forgives you once. The second time it parts, and you had better not stand there."
        > -- Ada Quist, [0:39](talk.mp3#t=39)

        > "Nobody who trusts a weather forecast has ever come home with dry feet." -- Ben Orr
        """);
    assertThat(lint("--no-facts"))
        .containsExactlyInAnyOrder(
            "talk.notes.md:3: warning: the quotation \"A rope forgives you once. The second time it"
                + " parts, and you…\" is put at 0:39; it is said at 0:20 (links go to where it is"
                + " said; correct the time in the source)",
            "talk.notes.md:6: notice: the quotation \"Nobody who trusts a weather forecast has ever"
                + " come home with…\" is not in the transcript (it is marked so; if it was said,"
                + " the transcript has it otherwise or lacks it)");
  }

  @Test
  void ofATranscriptOfAPartThatIsToldOnceAndAsJson() throws IOException {
    write("talk.vtt", vtt(2));
    write("talk.yaml", "title: On the quay\nduration: 1:00:00\n");
    write(
        "talk.notes.md",
        "> "
            + TURNS.get(2)
            + "\n\n> "
            + TURNS.get(3)
            + "\n\n> Everything that you see behind me was carried by hand.\n");
    assertThat(lint("--no-facts", "--json"))
        .containsExactly(
            "{\"severity\":\"notice\",\"code\":\"transcript-of-a-part\",\"source\":\"talk.notes.md\",\"line\":0,\"message\":\"2"
                + " quotations are not in the transcript, which covers only 0:19 of"
                + " 1:00:00\",\"done\":\"marked so; with a transcript of the whole recording they"
                + " can be checked\"}");
  }
}

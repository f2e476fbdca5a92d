package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes join the recording they link to, and a vault is read as it is. */
final class LinkedNotesTest {
  private static final String VTT =
      """
      WEBVTT

      00:00:01.000 --> 00:00:04.000
      The fog bell rings at the end of the pier.
      """;

  @TempDir Path root;

  @BeforeEach
  void recordings() throws IOException {
    write("talks/Fog bells [a1B2c3D4e5F].en.vtt", VTT);
    write("talks/tides.vtt", VTT);
    write("talks/tides.mp3", "");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String text(SourceRef part) {
    assertThat(part).isInstanceOf(SourceRef.Given.class);
    return new String(((SourceRef.Given) part).bytes(), StandardCharsets.UTF_8);
  }

  private CorpusScanner.Scan scan() {
    return CorpusScanner.scan(List.of(root));
  }

  private static List<String> names(EpisodeInput episode) {
    return episode.sources().stream().map(source -> source.places().getFirst().name()).toList();
  }

  private static List<List<String>> sources(CorpusScanner.Scan scan) {
    return scan.episodes().stream().map(LinkedNotesTest::names).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>I watched <a"
            + " href=\"https://www.youtube.com/watch?v=a1B2c3D4e5F&amp;t=12s\">it</a>.</p>",
        "<p>Listen to <a class='x'"
            + " href='../talks/Fog%20bells%20%5Ba1B2c3D4e5F%5D.en.vtt'>it</a>.</p>",
        "<iframe src=\"https://www.youtube-nocookie.com/embed/a1B2c3D4e5F\"></iframe><p>Twice.</p>",
      })
  void aPageJoinsTheRecordingItLinksTo(String body) throws IOException {
    write(
        "pages/What I took.html",
        "<!doctype html><html><head><title>What I took</title></head><body><h1>Bells</h1>"
            + body
            + "<p><a href=\"style.css\">style</a> <a href=\"#top\">top</a></p></body></html>");
    assertThat(sources(scan()))
        .containsExactlyInAnyOrder(
            List.of("Fog bells [a1B2c3D4e5F].en.vtt", "What I took.html"), List.of("tides.vtt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nvideo_id: a1B2c3D4e5F\n---\n\nWhat I took from it.\n",
        "I watched <https://www.youtube.com/watch?v=a1B2c3D4e5F&t=12s> twice.\n",
        "I watched [it](https://youtu.be/a1B2c3D4e5F?t=12) twice.\n",
        "See [[Fog bells]] for more.\n",
        "See [[talks/Fog bells [a1B2c3D4e5F].en.vtt|the talk]] or [[Fog bells|it]].\n"
      })
  void aNoteJoinsTheRecordingItLinksTo(String text) throws IOException {
    write("notes/What I took.md", text);
    assertThat(sources(scan()))
        .containsExactlyInAnyOrder(
            List.of("Fog bells [a1B2c3D4e5F].en.vtt", "What I took.md"), List.of("tides.vtt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Listen to [the tape](../talks/tides.mp3#t=20).\n",
        "![[tides.mp3#t=20]]\n\nIt is all there.\n"
      })
  void aNoteJoinsTheRecordingWhoseFileItLinksTo(String text) throws IOException {
    write("notes/Tape.md", text);
    assertThat(sources(scan())).contains(List.of("tides.vtt", "Tape.md"));
  }

  @Test
  void aNoteThatLinksToANoteOfARecordingJoinsAsWell() throws IOException {
    write("notes/Bells.md", "---\naliases: [The bell talk]\n---\n\n[[Fog bells]]\n");
    write("notes/Later.md", "More on [[the bell talk]].\n");
    write("notes/Still later.md", "More on [[Bells]].\n");
    assertThat(sources(scan()))
        .contains(
            List.of("Fog bells [a1B2c3D4e5F].en.vtt", "Bells.md", "Later.md", "Still later.md"));
  }

  @Test
  void whatLinksToTwoRecordingsAtOnceStaysByItself() throws IOException {
    write("notes/Both.md", "[[Fog bells]] and [[tides]] are good.\n");
    assertThat(sources(scan())).contains(List.of("Both.md")).hasSize(3);
  }

  @Test
  void aNoteOfTwoRecordingsIsParted() throws IOException {
    String note =
        """
        ---
        tags: [daily]
        ---
        # 2024-03-12

        Slept badly.

        ## [[Fog bells]]

        > The fog bell rings
        - [0:01] the pier

        ### Details
        More of it.

        ## Tides
        It said in [the tape](../talks/tides.mp3):
        "the tide turns"

        - [[Fog bells]] was better
          - by far
        - fed the cat
        """;
    String[] lines = note.split("\n", -1);
    for (String vault : List.of(".other/app.json", ".obsidian/app.json")) {
      write(vault, "{}");
      write("notes/2024-03-12.md", note);
      CorpusScanner.Scan scan = scan();
      for (EpisodeInput episode : scan.episodes()) {
        SourceRef part = episode.sources().getLast().places().getFirst();
        if (!part.name().equals("2024-03-12.md")) {
          continue;
        }
        assertThat(part.location()).isEqualTo(root.resolve("notes/2024-03-12.md").toString());
        List<Integer> kept = new ArrayList<>();
        String[] parted = text(part).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          assertThat(parted[i]).isIn("", lines[i]);
          if (!parted[i].isEmpty()) {
            kept.add(i + 1);
          }
        }
        assertThat(kept)
            .isEqualTo(
                switch (episode.sources().getFirst().places().getFirst().name()) {
                  case "tides.vtt" -> List.of(17, 18);
                  case "2024-03-12.md" -> List.of(1, 2, 3, 4, 6, 16, 22);
                  default -> List.of(8, 10, 11, 13, 14, 20, 21);
                });
      }
      // Of a vault what is about no recording is left out; elsewhere it is a document like others.
      assertThat(sources(scan))
          .contains(
              List.of("Fog bells [a1B2c3D4e5F].en.vtt", "2024-03-12.md"),
              List.of("tides.vtt", "2024-03-12.md"))
          .hasSize(vault.startsWith(".ob") ? 2 : 3);
    }
  }

  @Test
  void ofADailyNoteOnlyWhatIsUnderTheLinkIsAboutTheRecording() throws IOException {
    write(".obsidian/app.json", "{}");
    write("2024-03-12.md", "- fed the cat\n- [[Fog bells]]\n  - 0:01 the pier\n- bread\n");
    write("2024-03-13.md", "[[Bells]]: they ring.\n");
    write("Bells.md", "On [[Fog bells]].\n");
    EpisodeInput bells =
        scan().episodes().stream()
            .filter(one -> one.sources().size() > 1)
            .findFirst()
            .orElseThrow();
    assertThat(names(bells)).contains("2024-03-12.md", "2024-03-13.md", "Bells.md");
    for (SourceInput source : bells.sources()) {
      if (source.places().getFirst().name().equals("2024-03-12.md")) {
        assertThat(text(source.places().getFirst()).strip())
            .isEqualTo("- [[Fog bells]]\n  - [0:01] the pier");
      }
    }
  }

  @Test
  void aLinkToAnotherNoteJoinsNothing() throws IOException {
    write("notes/One.md", "See [[Two]].\n");
    write("notes/Two.md", "Milk, bread, candles.\n");
    assertThat(sources(scan())).contains(List.of("One.md"), List.of("Two.md")).hasSize(4);
  }

  @Test
  void ofAVaultOnlyWhatHasToDoWithRecordingsIsRead() throws IOException {
    write(".obsidian/app.json", "{}");
    write(".obsidian/notes.md", "Settings of a kind.\n");
    write("Daily/2024-03-12.md", "- listened to [[Fog bells]]\n- fed the cat\n");
    write("Daily/2024-03-13.md", "- fed the cat again\n");
    write("Recipes/Soup.md", "# Soup\n\nBoil the water. See [[Bread]].\n");
    write("Templates/Talk.md", "[[Fog bells]]\n");
    CorpusScanner.Scan scan = scan();
    assertThat(sources(scan))
        .containsExactlyInAnyOrder(
            List.of("Fog bells [a1B2c3D4e5F].en.vtt", "2024-03-12.md"), List.of("tides.vtt"));
    assertThat(scan.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("notes-without-recording");
          assertThat(problem.severity()).isEqualTo(Problem.Severity.NOTICE);
          assertThat(problem.message()).isEqualTo("3 notes link to no recording");
        });
  }
}

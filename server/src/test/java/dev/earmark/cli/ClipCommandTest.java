package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.Foreign;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code clip} writes, and what it says where it cannot. */
class ClipCommandTest {
  private static final int RATE = 8_000;

  @TempDir Path root;

  @BeforeEach
  void index() throws IOException {
    Path corpus = Files.createDirectory(root.resolve("corpus"));
    Path talk = Files.createDirectory(corpus.resolve("quay"));
    Files.writeString(
        talk.resolve("talk.vtt"),
        "WEBVTT\n\n00:02.000 --> 00:05.000\n<v Ada Quist>The crane is broken.\n");
    Files.writeString(talk.resolve("episode.yaml"), "id: quay\nmedia: {audio: tone.wav}\n");
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(new byte[RATE * 10]),
            new AudioFormat(RATE, 8, 1, false, false),
            RATE * 10L),
        AudioFileFormat.Type.WAVE,
        talk.resolve("tone.wav").toFile());
    Files.writeString(corpus.resolve("far.vtt"), "WEBVTT\n\n00:02.000 --> 00:05.000\nFar away.\n");
    assertThat(Ran.run("index", corpus, "--index", root.resolve("index")).status()).isZero();
  }

  private Ran clip(Object... options) {
    List<Object> words = new ArrayList<>(List.of("clip"));
    words.addAll(List.of(options));
    words.addAll(List.of("--index", root.resolve("index")));
    return Ran.run(words.toArray());
  }

  @Test
  void writesTheClipAndItsCaptions() throws Exception {
    Path out = root.resolve("crane.mp3");
    Ran ran = clip("quay", "--from", "0:01", "--to", "4.5", "--out", out);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out().lines())
        .containsExactly(
            out.toString(),
            root.resolve("crane.vtt").toString(),
            root.resolve("crane.srt").toString());
    assertThat(Files.readString(root.resolve("crane.vtt")))
        .contains("00:00:01.000 --> 00:00:03.500\n<v Ada Quist>The crane is broken.");
    String length =
        Foreign.run(
            root,
            "",
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
            out.toString());
    assertThat(Double.parseDouble(length)).isBetween(3.45, 3.55);
    Ran again = clip("quay", "--from", "0:01", "--to", "4.5", "--out", out);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("crane.mp3 is there already; choose another with --out");
  }

  @Test
  void whatCannotBeCutIsSaid() throws IOException {
    refused(2, "--to must be later than --from", "quay", "--from", "5", "--to", "5");
    refused(2, "--from must be a time", "quay", "--from", "soon", "--to", "5");
    refused(
        2, "--out must end with one of mp3", "quay", "--from", "1", "--to", "5", "--out", "x.y");
    refused(1, "no episode \"nobody\"", "nobody", "--from", "1", "--to", "5");
    refused(1, "no media file of \"far\"", "far", "--from", "1", "--to", "5");
    Path video = root.resolve("x.mp4");
    refused(1, "has no picture", "quay", "--from", "1", "--to", "5", "--out", video);
    Path late = root.resolve("late.mp3");
    refused(1, "is 0:10 long; end before", "quay", "--from", "1", "--to", "15", "--out", late);
    assertThat(late).doesNotExist();
  }

  private void refused(int status, String message, Object... options) {
    Ran ran = clip(options);
    assertThat(ran.err()).contains(message);
    assertThat(ran.status()).isEqualTo(status);
  }
}
